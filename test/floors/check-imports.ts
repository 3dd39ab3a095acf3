import { posix } from 'node:path';
import { importsOf, type Source } from './source.ts';

export interface House {
  /** From the roof down; the rooms of one line lie on one floor. */
  readonly floors: readonly (readonly string[])[];
  readonly garden: { readonly room: string; readonly sees: readonly string[]; readonly entered: readonly string[] };
  /** For single files that may see less than their room, or something beside it. */
  readonly doors: Readonly<Record<string, readonly string[]>>;
  /** Who may use a package; a package that is not listed may be used nowhere. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Rooms that may use no module of Node but these. */
  readonly nodeModules: Readonly<Record<string, readonly string[]>>;
  /** Files whose purpose is to import what a folder holds. */
  readonly loaders: readonly string[];
}

/** One sentence per forbidden import, naming the file, the import and the rule. */
export function importFaults(sources: readonly Source[], house: House): readonly string[] {
  return sources.flatMap((source) =>
    importsOf(source).flatMap((specifier) => {
      const fault = faultOf(source.path, specifier, house);
      return fault === null ? [] : [`${source.path} imports ${specifier ?? 'a computed path'}: ${fault}.`];
    }),
  );
}

function faultOf(path: string, specifier: string | null, house: House): string | null {
  if (within(path, 'test')) return null;
  if (specifier === null) {
    return house.loaders.includes(path)
      ? null
      : 'only the loaders of a folder do that, so that every import can be read';
  }
  if (specifier.startsWith('.')) return fileFault(path, posix.join(posix.dirname(path), specifier), house);
  return specifier.startsWith('node:') ? nodeFault(path, specifier, house) : packageFault(path, specifier, house);
}

function fileFault(path: string, target: string, house: House): string | null {
  const { room: garden, sees, entered } = house.garden;
  if (within(target, garden) && !within(path, garden)) {
    return within(path, ...entered) ? null : `${garden} is the garden, and only ${entered.join(', ')} may enter`;
  }
  if (within(path, garden)) {
    return within(target, garden, ...sees) ? null : `${garden} is the garden, and sees only ${sees.join(', ')}`;
  }
  const door = Object.keys(house.doors).find((file) => within(path, file));
  if (door !== undefined && house.doors[door] !== undefined) {
    const allowed = house.doors[door];
    return within(target, door, ...allowed) ? null : `${door} sees only ${allowed.join(', ')}`;
  }
  return floorFault(path, target, house);
}

function floorFault(path: string, target: string, { floors }: House): string | null {
  const [from, to] = [placeOf(path, floors), placeOf(target, floors)];
  if (from === null) return `${path} lies in no room of the house`;
  if (to === null) return `${target} lies in no room of the house`;
  if (from.room === 'jobs' && to.room === 'jobs') {
    const folder = posix.dirname(path);
    const own = folder === 'jobs' ? path.replace(/\.ts$/, '') : folder;
    return within(target, 'jobs/define-job.ts', 'jobs/flags', own)
      ? null
      : 'a command knows no other command and not the frame';
  }
  if (from.room === to.room || from.floor < to.floor) return null;
  return from.floor === to.floor
    ? `${from.room} and ${to.room} lie on one floor and do not know each other; src/app.ts hands over what they need`
    : `${from.room} lies below ${to.room}, and imports go down only`;
}

function placeOf(path: string, floors: House['floors']): { room: string; floor: number } | null {
  for (const [floor, rooms] of floors.entries()) {
    const room = rooms.find((each) => within(path, each));
    if (room !== undefined) return { room, floor };
  }
  return null;
}

function packageFault(path: string, specifier: string, { packages }: House): string | null {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const users = packages[name];
  if (users === undefined) return `the package ${name} is in no room's list`;
  return within(path, ...users) ? null : `only ${users.join(', ')} may use ${name}`;
}

function nodeFault(path: string, specifier: string, { nodeModules }: House): string | null {
  const room = Object.keys(nodeModules).find((each) => within(path, each));
  if (room === undefined) return null;
  const allowed = nodeModules[room] ?? [];
  return allowed.includes(specifier)
    ? null
    : `${room} is pure and may use only ${allowed.join(', ') || 'no module of Node'}`;
}

const within = (path: string, ...places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));
