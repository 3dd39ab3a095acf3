/** One fictional company: what it runs, who works there, how large its wiki is. */
export interface Profile {
  readonly id: string;
  readonly company: string;
  readonly trade: string;
  readonly domain: string;
  readonly services: readonly string[];
  readonly people: readonly string[];
  /** Whether the audit account may ask for the permissions of others. */
  readonly auditIsAdmin: boolean;
  readonly anonymousAccess: boolean;
  readonly size: {
    readonly runbooks: number;
    readonly postmortems: number;
    readonly practices: number;
    readonly architecture: number;
    readonly decisions: number;
    readonly meetings: number;
    readonly retros: number;
    readonly guides: number;
    readonly personal: number;
    readonly attic: number;
    readonly closed: number;
    readonly posts: number;
  };
}

const HARBORLANE: Profile = {
  id: 'harborlane',
  company: 'Harborlane',
  trade: 'parcel logistics',
  domain: 'harborlane.example',
  services: [
    'Parcel Router',
    'Depot Sync',
    'Label Printer Gateway',
    'Customs Filing',
    'Route Planner',
    'Driver App API',
    'Tracking Feed',
    'Rate Quoter',
    'Address Resolver',
    'Returns Desk',
    'Billing Ledger',
    'Identity Broker',
    'Event Bus',
    'Warehouse Clock',
    'Image Store',
    'Notification Hub',
    'Search Index',
    'Edge Proxy',
    'Metrics Pipeline',
    'Config Service',
  ],
  people: [
    'Noor Haddad',
    'Piet Verlinden',
    'Ximena Robles',
    'Tobias Lindqvist',
    'Aiko Tanabe',
    'Marek Dvorak',
    'Fatou Diallo',
    'Siobhan Kerrigan',
    'Luca Ferrante',
    'Priya Nambiar',
    'Jonas Eklund',
    'Renata Okafor',
    'Devon Achterberg',
    'Mei-Lin Sorensen',
    'Ruben Castellano',
    'Hanna Wojcik',
  ],
  auditIsAdmin: true,
  anonymousAccess: false,
  size: {
    runbooks: 128,
    postmortems: 46,
    practices: 20,
    architecture: 38,
    decisions: 26,
    meetings: 112,
    retros: 34,
    guides: 72,
    personal: 14,
    attic: 30,
    closed: 12,
    posts: 18,
  },
};

const FERNPAY: Profile = {
  id: 'fernpay',
  company: 'Fernpay',
  trade: 'card payments',
  domain: 'fernpay.example',
  services: [
    'Card Vault',
    'Payment Switch',
    'Settlement Engine',
    'Fraud Scorer',
    'Payout Scheduler',
    'Merchant Portal',
    'Webhook Relay',
    'Dispute Desk',
    'Bank Connector',
    'Statement Builder',
  ],
  people: [
    'Adaeze Nwosu',
    'Callum Brodie',
    'Inga Petersen',
    'Mateus Figueira',
    'Yuki Arakawa',
    'Leila Farahani',
    'Owen Pritchard',
    'Dragana Ilic',
    'Samir Boukhari',
    'Esther Lindholm',
  ],
  auditIsAdmin: false,
  anonymousAccess: true,
  size: {
    runbooks: 46,
    postmortems: 20,
    practices: 11,
    architecture: 18,
    decisions: 16,
    meetings: 30,
    retros: 8,
    guides: 25,
    personal: 8,
    attic: 12,
    closed: 8,
    posts: 9,
  },
};

const QUIETGRID: Profile = {
  id: 'quietgrid',
  company: 'Quietgrid',
  trade: 'energy metering',
  domain: 'quietgrid.example',
  services: ['Meter Ingest', 'Tariff Engine', 'Load Forecast', 'Outage Map', 'Device Registry', 'Reading Validator'],
  people: [
    'Birgit Halvorsen',
    'Tomasz Zielinski',
    'Amara Conteh',
    'Julien Marchetti',
    'Katya Smirnova',
    'Desmond Achebe',
    'Lotte Vermeer',
  ],
  auditIsAdmin: true,
  anonymousAccess: false,
  size: {
    runbooks: 12,
    postmortems: 4,
    practices: 3,
    architecture: 6,
    decisions: 4,
    meetings: 8,
    retros: 2,
    guides: 6,
    personal: 3,
    attic: 3,
    closed: 3,
    posts: 4,
  },
};

export const PROFILES: readonly Profile[] = [HARBORLANE, FERNPAY, QUIETGRID];
