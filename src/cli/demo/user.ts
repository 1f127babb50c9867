/** What a page of the demo site is made of; `page.ts` renders it, tests compare extracted records with it. */
export interface DemoUser {
  /** Path of the profile, with both slashes: `/techcrunch/`. */
  readonly path: string;
  readonly name: string;
  readonly bio: string;
  readonly location?: string;
  readonly website?: string;
  readonly facebook?: string;
  readonly twitter?: string;
  readonly boards: readonly DemoBoard[];
  readonly likes: number;
  readonly followers: number;
  readonly following: number;
  /** Paths of the users that the profile links to. */
  readonly follows: readonly string[];
}

export interface DemoBoard {
  readonly title: string;
  readonly fullName: string;
  /** `/techcrunch/phones/` */
  readonly path: string;
  readonly pins: number;
  readonly cover: DemoImage;
  readonly thumbs: readonly DemoImage[];
}

export interface DemoImage {
  readonly alt: string;
  readonly src: string;
}

/** Title, pins, description, and how many thumbs the board shows (4 when not said). */
export type BoardFacts = readonly [title: string, pins: number, description: string, thumbs?: number];

// Names of the pins behind the thumbs. A step of three through them keeps neighbouring boards apart.
const VIEWS = [
  'up close',
  'side by side',
  'on the desk',
  'by daylight',
  'out of the box',
  'in use',
  'from above',
  'in pieces',
  'last of the day',
  'in good company',
] as const;

/** The boards of one user; every image of every board has an address and a text of its own. */
export function boardsOf(userPath: string, fullName: string, facts: readonly BoardFacts[]): DemoBoard[] {
  return facts.map(([title, pins, description, thumbs = 4], index) => {
    const path = `${userPath}${slug(title)}/`;
    return {
      title,
      fullName,
      path,
      pins,
      cover: { alt: `${title} / ${description} / by ${fullName}`, src: `/media${path}cover.svg` },
      thumbs: Array.from({ length: thumbs }, (_, n) => ({
        alt: `${title}, ${VIEWS[(index * 3 + n) % VIEWS.length] ?? ''}`,
        src: `/media${path}thumb-${n + 1}.svg`,
      })),
    };
  });
}

/** `Super Sweet Smart Watches` → `super-sweet-smart-watches` */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
