import { Migration } from '@medusajs/framework/mikro-orm/migrations';

export class Migration20261122000000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "evenhand_message" (
      "id" text not null,
      "topic" text not null,
      "kind" text not null,
      "reference" text not null,
      "return_reference" text null,
      "attempts" integer not null default 0,
      "due_at" timestamptz not null,
      "problem" text null,
      "created_at" timestamptz not null default now(),
      "updated_at" timestamptz not null default now(),
      "deleted_at" timestamptz null,
      constraint "evenhand_message_pkey" primary key ("id"));`);
    this.addSql(`create index if not exists "IDX_evenhand_message_due_at" on "evenhand_message" ("due_at");`);
    this.addSql(`create table if not exists "evenhand_open_question" (
      "id" text not null,
      "cart_id" text not null,
      "silent" boolean not null,
      "created_at" timestamptz not null default now(),
      "updated_at" timestamptz not null default now(),
      "deleted_at" timestamptz null,
      constraint "evenhand_open_question_pkey" primary key ("id"));`);
    this.addSql(
      `create index if not exists "IDX_evenhand_open_question_cart_id" on "evenhand_open_question" ("cart_id");`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "evenhand_message";`);
    this.addSql(`drop table if exists "evenhand_open_question";`);
  }
}
