import { define } from '../definition.ts';
import { over, total } from '../totals.ts';
import { faultReads, messageReads, reviewReads } from './reads.ts';
import { contacts, labelled, messages, orders, reviews, unfairReviews, unfoundedComplaints } from './series.ts';

const aboutOrders = { reads: [...messageReads, ...faultReads], conduct: true } as const;
const bare = { reads: messageReads, conduct: true, incident: true } as const;
const excusable = { ...aboutOrders, incident: true } as const;
const complaining = { reads: faultReads, conduct: true, incident: true } as const;
const reviewing = { reads: [...reviewReads, ...faultReads], conduct: true, incident: true } as const;

const BY_STAFF =
  'Labels are those staff put last; labels only a machine put are listed as not confirmed by staff and do not count.';
const NEVER_EXCUSED = 'A failure of the shop excuses anger, not this: it counts whatever the order it is about.';
const EXCUSED = 'About an order in which the shop failed it does not count.';
const PER_MESSAGE = 'over messages received from the customer. Unknown when there were none.';
const PER_FREE_MESSAGE = 'over contacts. Unknown when there were none.';

const abuse = labelled(false, 'insult', 'harassment', 'hate');
const violence = labelled(false, 'threat_of_violence');
const extortion = labelled(false, 'extortion');
const pressure = labelled(true, 'threat_of_publicity', 'threat_of_legal_action');
const impossible = labelled(true, 'impossible_demand');

/** What the customer said, to the shop and about it. */
export const speaking = {
  unfounded_complaints: define(
    'unfounded_complaints',
    {
      ...complaining,
      title: 'Unfounded complaints',
      definition:
        'Complaints found unfounded, from when they were made; one still open is listed as unresolved, one found founded as justified.',
    },
    total('count', unfoundedComplaints),
  ),
  unfounded_complaint_rate: define(
    'unfounded_complaint_rate',
    {
      ...complaining,
      title: 'Unfounded complaint rate',
      definition: '“Unfounded complaints” over orders placed. Unknown when nothing was ordered.',
    },
    over('share', unfoundedComplaints, orders),
  ),
  unfair_reviews: define(
    'unfair_reviews',
    {
      ...reviewing,
      title: 'Unfair reviews',
      definition:
        'Reviews that staff last assessed as unfair, from when they were posted. One assessed as fair is listed as justified; one nobody assessed, however bad, is no conduct.',
    },
    total('count', unfairReviews),
  ),
  unfair_review_rate: define(
    'unfair_review_rate',
    {
      ...reviewing,
      title: 'Unfair review rate',
      definition: '“Unfair reviews” over reviews posted. Unknown when there were none.',
    },
    over('share', unfairReviews, reviews),
  ),
  abusive_messages: define(
    'abusive_messages',
    {
      ...bare,
      title: 'Abusive messages',
      definition: `Messages labelled as insult, harassment or hate. ${BY_STAFF} ${NEVER_EXCUSED}`,
    },
    total('count', abuse),
  ),
  abusive_message_rate: define(
    'abusive_message_rate',
    { ...bare, title: 'Abusive message rate', definition: `“Abusive messages” ${PER_MESSAGE}` },
    over('share', abuse, messages),
  ),
  threats_of_violence: define(
    'threats_of_violence',
    {
      ...bare,
      title: 'Threats of violence',
      definition: `Messages labelled as threat of violence. ${BY_STAFF} ${NEVER_EXCUSED}`,
    },
    total('count', violence),
  ),
  extortion_attempts: define(
    'extortion_attempts',
    {
      ...bare,
      title: 'Attempts at extortion',
      definition: `Messages labelled as extortion. ${BY_STAFF} ${NEVER_EXCUSED}`,
    },
    total('count', extortion),
  ),
  legal_or_publicity_threats: define(
    'legal_or_publicity_threats',
    {
      ...excusable,
      title: 'Legal or publicity threats',
      definition: `Messages labelled as threat of publicity or of legal action. ${BY_STAFF} ${EXCUSED}`,
    },
    total('count', pressure),
  ),
  legal_or_publicity_threat_rate: define(
    'legal_or_publicity_threat_rate',
    {
      ...excusable,
      title: 'Legal or publicity threat rate',
      definition: `“Legal or publicity threats” ${PER_FREE_MESSAGE}`,
    },
    over('share', pressure, contacts),
  ),
  impossible_demands: define(
    'impossible_demands',
    {
      ...excusable,
      title: 'Impossible demands',
      definition: `Messages labelled as impossible demand. ${BY_STAFF} ${EXCUSED}`,
    },
    total('count', impossible),
  ),
  impossible_demand_rate: define(
    'impossible_demand_rate',
    {
      ...excusable,
      title: 'Impossible demand rate',
      definition: `“Impossible demands” ${PER_FREE_MESSAGE}`,
    },
    over('share', impossible, contacts),
  ),
  contacts: define(
    'contacts',
    {
      ...aboutOrders,
      incident: false,
      title: 'Contacts',
      definition: `Messages received from the customer, on any channel. ${EXCUSED}`,
    },
    total('count', contacts),
  ),
  contacts_per_order: define(
    'contacts_per_order',
    {
      ...aboutOrders,
      incident: false,
      title: 'Contacts per order',
      definition: '“Contacts” over orders placed. Unknown when nothing was ordered.',
    },
    over('ratio', contacts, orders),
  ),
} as const;
