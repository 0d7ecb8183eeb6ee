/** The part of `@medusajs/framework/mikro-orm/migrations` that is used. */
export declare abstract class Migration {
  abstract up(): Promise<void> | void;
  down(): Promise<void> | void;
  protected addSql(sql: string): void;
}
