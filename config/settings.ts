import type { Action } from '../src/domain/ladder.ts';
import type { Mute } from '../src/domain/mute.ts';
import type { PageOverride, RuleSettings } from '../src/domain/page-settings.ts';
import type { Exemptions, RunbookScope, SpaceScope } from '../src/domain/scope.ts';
import type { Receiver } from './receivers.ts';
import type { Priority } from '../src/domain/slot-start.ts';
import type { TokenRef } from './secret-ref.ts';
import type { MODES } from './setting-schemas.ts';

type Mode = (typeof MODES)[number];

/** How to sign in; secrets only as references, `expires` as a day or null. */
export type Auth =
  | {
      readonly type: 'basic' | 'scoped';
      readonly email: string;
      readonly token: TokenRef;
      readonly expires: string | null;
    }
  | { readonly type: 'bearer'; readonly token: TokenRef; readonly expires: string | null }
  | { readonly type: 'oauth' | 'client-credentials'; readonly app: string; readonly expires: string | null };

interface Limits {
  readonly share: number;
  readonly maxConcurrency: number;
  readonly requestsPerRun: number;
  readonly minutesPerRun: number;
  readonly writesPerRun: number;
  readonly writesPercent: number;
  readonly writesPerSpace: number;
}

/** Everything that holds for one tenant, each layer applied. */
export interface TenantSettings {
  readonly id: string;
  /** An origin, without a slash at its end. */
  readonly site: string;
  readonly enabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly auth: Auth;
  readonly mode: Mode;
  readonly schedule: {
    readonly cron: string;
    readonly timezone: string;
    readonly windowMs: number;
    readonly priority: Priority;
    /** As `08:00-18:00`, in the zone. */
    readonly quietHours: readonly string[];
    /** As `2026-12-24` or `2026-12-24..2027-01-01`, in the zone. */
    readonly blackout: readonly string[];
  };
  readonly spaces: SpaceScope;
  readonly content: readonly ('page' | 'blogpost')[];
  readonly runbooks: RunbookScope;
  readonly readers: { readonly onCallGroups: readonly string[] };
  readonly exempt: Exemptions;
  readonly limits: Limits;
  readonly labels: { readonly prefix: string };
  readonly expect: {
    readonly spaces: readonly string[];
    readonly minPages: Readonly<Record<string, number>>;
    readonly pages: readonly string[];
  };
  /** Of all rules of the catalogue; null where a rule is off. */
  readonly rules: RuleSettings;
  readonly actions: readonly Action[];
  readonly pageOverrides: readonly PageOverride[];
  readonly mutes: readonly Mute[];
  /** Who is told of the tenant. */
  readonly notify: readonly Receiver[];
}
