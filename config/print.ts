import { Document, isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import { closest } from '../src/domain/closest.ts';
import { AuditError } from '../src/domain/errors.ts';
import { isObject, type JsonObject } from '../src/domain/merge.ts';
import { RULE_IDS } from '../src/domain/rule-ids.ts';
import { layerOf } from './layers.ts';
import type { ResolvedConfig } from './load.ts';

type Printable = Pick<ResolvedConfig, 'resolved' | 'apps' | 'mutes' | 'notify'>;

/**
 * The resolved config as one config file that means the same: every key present, no presets, secrets as references. With
 * `explained`, a comment beside each value names the layer that set it. One tenant, or all.
 */
export function printConfig(
  { resolved, apps, mutes, notify }: Printable,
  { tenant, explained = false }: { readonly tenant?: string; readonly explained?: boolean } = {},
): string {
  const chosen = tenant === undefined ? resolved : resolved.filter(({ settings }) => settings.id === tenant);
  if (tenant !== undefined && chosen.length === 0) {
    const meant = closest(
      tenant,
      resolved.map(({ settings }) => settings.id),
    );
    throw new AuditError(
      'tenant-unknown',
      `--tenant ${tenant}: no such tenant is configured${meant === null ? '.' : `; did you mean "${meant}"?`}`,
    );
  }
  const sections = { apps, mutes, notify, overrides: chosen.flatMap(({ writtenOverrides }) => writtenOverrides) };
  const content = {
    version: 1,
    extends: [],
    ...Object.fromEntries(Object.entries(sections).filter(([, list]) => list.length > 0)),
    tenants: chosen.map(({ written }) => identityFirst(written)),
  };
  // Tenants share what the built-in layer gives them; anchors for that would only be noise.
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_, node) => {
      if (node.items.every(isScalar)) node.flow = true;
    },
  });
  if (explained) {
    chosen.forEach(({ written, layers }, index) => {
      explain(identityFirst(written), [], (path) => {
        const node = document.getIn(['tenants', index, ...path], true) as Node;
        const note = ` ${layerOf(layers, path)?.name ?? lowest(path)}`;
        // Beside the value where it stands on one line, above it where it does not.
        if (isScalar(node) || ((isSeq(node) || isMap(node)) && node.flow === true)) node.comment = note;
        else node.commentBefore = note;
      });
    });
  }
  return document.toString({ lineWidth: 0 });
}

/** What no layer spells out comes with the program, or with the file of the rule. */
const lowest = ([group, id = '', ...option]: readonly string[]): string =>
  group === 'rules' && option.length > 0 && !(id in RULE_IDS) ? `rules/${id}` : 'built-in';

const identityFirst = ({ id, site, enabled, tags, auth, ...rest }: JsonObject): JsonObject =>
  ({ id, site, enabled, tags, auth, ...rest }) as JsonObject;

/** Calls back for every value that layers replace as a whole: scalars, lists, and groups without keys. */
function explain(values: JsonObject, path: readonly string[], say: (path: readonly string[]) => void): void {
  for (const [key, value] of Object.entries(values)) {
    const here = [...path, key];
    if (isObject(value) && Object.keys(value).length > 0) explain(value, here, say);
    else say(here);
  }
}
