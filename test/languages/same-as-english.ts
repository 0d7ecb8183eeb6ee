/**
 * Texts that may be the same as in English: names, words a language has taken over, and signs. By language, the key as the failing
 * test prints it; "*" is every language.
 */
export const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  '*': [
    'console/welcome.json: name',
    'console/common.json: title',
    'console/customers.json: export',
    'console/imports.json: formatName.online-retail',
  ],
  nl: [
    'console/appeals.json: show.open',
    'console/common.json: role.manager',
    'console/common.json: account.label',
    'console/customers.json: column.orders',
    'console/events.json: claim.reference',
    'console/events.json: family.claims',
    'console/events.json: family.accounts',
    'console/settings.json: tabs.mail',
    'console/settings.json: staff.email',
    'console/settings.json: mail.title',
    'console/settings.json: mail.host',
    'console/settings.json: mail.dkimSelector',
    'console/settings.json: look.logo',
    'console/welcome.json: signIn.email',
    'console/welcome.json: owner.email',
    'words/policy.json: condition.over',
    'words/portal.json: code.label',
  ],
  pl: [
    'console/settings.json: tabs.mail',
    'console/settings.json: staff.email',
    'console/settings.json: allow.type.email',
    'console/settings.json: mail.title',
    'console/settings.json: mail.port',
    'console/settings.json: look.logo',
    'console/welcome.json: signIn.email',
    'console/welcome.json: owner.email',
  ],
};
