const PRODUCT = 'confluence-audit-worker';

/** The version of the schema that events are made for. https://schema.ocsf.io/1.6.0/ */
const OCSF_VERSION = '1.6.0';

/** Activities of the class API Activity. https://schema.ocsf.io/1.6.0/classes/api_activity */
export const API_ACTIVITY = { create: 1, read: 2, update: 3, delete: 4, other: 99 } as const;

interface Class {
  readonly uid: 2003 | 6003;
  readonly name: string;
  readonly category: 2 | 6;
}

export const API_CLASS: Class = { uid: 6003, name: 'API Activity', category: 6 };
export const COMPLIANCE_CLASS: Class = { uid: 2003, name: 'Compliance Finding', category: 2 };

/** What every event of the schema has to say, whatever its class. */
export const ocsfEvent = (
  { uid, name, category }: Class,
  source: { readonly id: string; readonly at: string; readonly tenantId: string },
  given: {
    readonly activity: number;
    readonly severity: number;
    readonly log: string;
    readonly code: string;
  },
): Record<string, unknown> => ({
  activity_id: given.activity,
  category_uid: category,
  class_uid: uid,
  class_name: name,
  type_uid: uid * 100 + given.activity,
  severity_id: given.severity,
  time: Date.parse(source.at),
  metadata: {
    version: OCSF_VERSION,
    product: { name: PRODUCT, vendor_name: PRODUCT },
    uid: source.id,
    tenant_uid: source.tenantId,
    log_name: given.log,
    event_code: given.code,
    original_time: source.at,
  },
});

/** The object without what is not known: the schema has no nulls. */
export const known = (object: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined));
