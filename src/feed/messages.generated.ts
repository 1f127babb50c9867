// Generated from feed.proto by npm run generate. Edit the .proto files instead.
export interface Assignment {
  readonly feed_url: string;
  readonly token: string;
  readonly task_id: string;
  readonly job: string;
  readonly work: Uint8Array;
  readonly urls_per_task: number;
  readonly first?: Answer;
}
export interface Request {
  readonly id: number;
  readonly url: string;
  readonly depth: number;
  readonly seed: string;
  readonly attempt: number;
  readonly redirects: number;
  readonly to: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly facts?: Facts;
}
export interface Facts {
  readonly etag: string;
  readonly last_modified: string;
  readonly content: readonly number[];
}
export interface Robots {
  readonly status: RobotsStatus;
  readonly text: string;
  readonly expires_at: number;
}
export const RobotsStatus = {"UNKNOWN":0,"RULES":1,"ALLOW_ALL":2,"DISALLOW_ALL":3} as const;
export type RobotsStatus = (typeof RobotsStatus)[keyof typeof RobotsStatus];
export interface Host {
  readonly host: string;
  readonly concurrency: number;
  readonly delay_ms: number;
  readonly not_before: number;
  readonly robots?: Robots;
}
export interface Answer {
  readonly seq: number;
  readonly requests: readonly Request[];
  readonly hosts: readonly Host[];
  readonly done: boolean;
  readonly pause_ms: number;
  readonly give_back: boolean;
}
export interface Row {
  readonly extractor: number;
  readonly json: Uint8Array;
  readonly key: readonly number[];
  readonly filled: Uint8Array;
  readonly content: readonly number[];
}
export interface Link {
  readonly url: string;
  readonly lane: number;
  readonly depth: number;
  readonly priority: number;
  readonly to: string;
  readonly redirects: number;
  readonly seed: string;
  readonly parked: string;
}
export interface Exclusion {
  readonly url: string;
  readonly reason: string;
}
export interface Invalid {
  readonly extractor: number;
  readonly errors: readonly string[];
}
export interface Page {
  readonly id: number;
  readonly outcome: PageOutcome;
  readonly reason: string;
  readonly retry_at: number;
  readonly status: number;
  readonly bytes: number;
  readonly elapsed_ms: number;
  readonly records: readonly Row[];
  readonly links: readonly Link[];
  readonly invalid: readonly Invalid[];
  readonly skipped: readonly number[];
  readonly excluded: readonly Exclusion[];
  readonly facts?: Facts;
}
export const PageOutcome = {"RETURNED":0,"FETCHED":1,"NOT_MODIFIED":2,"REDIRECTED":3,"FAILED":4,"EXCLUDED":5,"RETRY":6} as const;
export type PageOutcome = (typeof PageOutcome)[keyof typeof PageOutcome];
export interface HostNews {
  readonly host: string;
  readonly not_before: number;
  readonly delay_ms: number;
  readonly robots?: Robots;
  readonly has_delay: boolean;
}
export interface Report {
  readonly task_id: string;
  readonly seq: number;
  readonly pages: readonly Page[];
  readonly hosts: readonly HostNews[];
  readonly want: number;
}
export interface TaskSummary {
  readonly pages: number;
  readonly records: number;
  readonly bytes: number;
}
export interface Progress {
  readonly task_id: string;
  readonly pages: number;
  readonly in_flight: number;
  readonly waiting: number;
  readonly bytes: number;
  readonly rss: number;
}
export interface SchedulerNote {
  readonly feed_url: string;
  readonly token: string;
  readonly pause: boolean;
  readonly drain: boolean;
}
export const DESCRIPTOR = "{\"nested\":{\"pinspider\":{\"nested\":{\"Assignment\":{\"fields\":{\"feed_url\":{\"type\":\"string\",\"id\":1},\"token\":{\"type\":\"string\",\"id\":2},\"task_id\":{\"type\":\"string\",\"id\":3},\"job\":{\"type\":\"string\",\"id\":4},\"work\":{\"type\":\"bytes\",\"id\":5},\"urls_per_task\":{\"type\":\"uint32\",\"id\":6},\"first\":{\"type\":\"Answer\",\"id\":7}}},\"Request\":{\"fields\":{\"id\":{\"type\":\"uint32\",\"id\":1},\"url\":{\"type\":\"string\",\"id\":2},\"depth\":{\"type\":\"uint32\",\"id\":3},\"seed\":{\"type\":\"string\",\"id\":4},\"attempt\":{\"type\":\"uint32\",\"id\":5},\"redirects\":{\"type\":\"uint32\",\"id\":6},\"to\":{\"type\":\"string\",\"id\":7},\"method\":{\"type\":\"string\",\"id\":8},\"headers\":{\"keyType\":\"string\",\"type\":\"string\",\"id\":9},\"body\":{\"type\":\"string\",\"id\":10},\"facts\":{\"type\":\"Facts\",\"id\":11}}},\"Facts\":{\"fields\":{\"etag\":{\"type\":\"string\",\"id\":1},\"last_modified\":{\"type\":\"string\",\"id\":2},\"content\":{\"rule\":\"repeated\",\"type\":\"fixed32\",\"id\":3}}},\"Robots\":{\"fields\":{\"status\":{\"type\":\"Status\",\"id\":1},\"text\":{\"type\":\"string\",\"id\":2},\"expires_at\":{\"type\":\"double\",\"id\":3}},\"nested\":{\"Status\":{\"values\":{\"UNKNOWN\":0,\"RULES\":1,\"ALLOW_ALL\":2,\"DISALLOW_ALL\":3}}}},\"Host\":{\"fields\":{\"host\":{\"type\":\"string\",\"id\":1},\"concurrency\":{\"type\":\"uint32\",\"id\":2},\"delay_ms\":{\"type\":\"uint32\",\"id\":3},\"not_before\":{\"type\":\"double\",\"id\":4},\"robots\":{\"type\":\"Robots\",\"id\":5}}},\"Answer\":{\"fields\":{\"seq\":{\"type\":\"uint32\",\"id\":1},\"requests\":{\"rule\":\"repeated\",\"type\":\"Request\",\"id\":2},\"hosts\":{\"rule\":\"repeated\",\"type\":\"Host\",\"id\":3},\"done\":{\"type\":\"bool\",\"id\":4},\"pause_ms\":{\"type\":\"uint32\",\"id\":5},\"give_back\":{\"type\":\"bool\",\"id\":6}}},\"Row\":{\"fields\":{\"extractor\":{\"type\":\"uint32\",\"id\":1},\"json\":{\"type\":\"bytes\",\"id\":2},\"key\":{\"rule\":\"repeated\",\"type\":\"fixed32\",\"id\":3},\"filled\":{\"type\":\"bytes\",\"id\":4},\"content\":{\"rule\":\"repeated\",\"type\":\"fixed32\",\"id\":5}}},\"Link\":{\"fields\":{\"url\":{\"type\":\"string\",\"id\":1},\"lane\":{\"type\":\"uint32\",\"id\":2},\"depth\":{\"type\":\"uint32\",\"id\":3},\"priority\":{\"type\":\"sint32\",\"id\":4},\"to\":{\"type\":\"string\",\"id\":5},\"redirects\":{\"type\":\"uint32\",\"id\":6},\"seed\":{\"type\":\"string\",\"id\":7},\"parked\":{\"type\":\"string\",\"id\":8}}},\"Exclusion\":{\"fields\":{\"url\":{\"type\":\"string\",\"id\":1},\"reason\":{\"type\":\"string\",\"id\":2}}},\"Invalid\":{\"fields\":{\"extractor\":{\"type\":\"uint32\",\"id\":1},\"errors\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":2}}},\"Page\":{\"fields\":{\"id\":{\"type\":\"uint32\",\"id\":1},\"outcome\":{\"type\":\"Outcome\",\"id\":2},\"reason\":{\"type\":\"string\",\"id\":3},\"retry_at\":{\"type\":\"double\",\"id\":4},\"status\":{\"type\":\"uint32\",\"id\":5},\"bytes\":{\"type\":\"uint32\",\"id\":6},\"elapsed_ms\":{\"type\":\"uint32\",\"id\":7},\"records\":{\"rule\":\"repeated\",\"type\":\"Row\",\"id\":8},\"links\":{\"rule\":\"repeated\",\"type\":\"Link\",\"id\":9},\"invalid\":{\"rule\":\"repeated\",\"type\":\"Invalid\",\"id\":10},\"skipped\":{\"rule\":\"repeated\",\"type\":\"uint32\",\"id\":11},\"excluded\":{\"rule\":\"repeated\",\"type\":\"Exclusion\",\"id\":12},\"facts\":{\"type\":\"Facts\",\"id\":13}},\"nested\":{\"Outcome\":{\"values\":{\"RETURNED\":0,\"FETCHED\":1,\"NOT_MODIFIED\":2,\"REDIRECTED\":3,\"FAILED\":4,\"EXCLUDED\":5,\"RETRY\":6}}}},\"HostNews\":{\"fields\":{\"host\":{\"type\":\"string\",\"id\":1},\"not_before\":{\"type\":\"double\",\"id\":2},\"delay_ms\":{\"type\":\"uint32\",\"id\":3},\"robots\":{\"type\":\"Robots\",\"id\":4},\"has_delay\":{\"type\":\"bool\",\"id\":5}}},\"Report\":{\"fields\":{\"task_id\":{\"type\":\"string\",\"id\":1},\"seq\":{\"type\":\"uint32\",\"id\":2},\"pages\":{\"rule\":\"repeated\",\"type\":\"Page\",\"id\":3},\"hosts\":{\"rule\":\"repeated\",\"type\":\"HostNews\",\"id\":4},\"want\":{\"type\":\"uint32\",\"id\":5}}},\"TaskSummary\":{\"fields\":{\"pages\":{\"type\":\"uint32\",\"id\":1},\"records\":{\"type\":\"uint32\",\"id\":2},\"bytes\":{\"type\":\"double\",\"id\":3}}},\"Progress\":{\"fields\":{\"task_id\":{\"type\":\"string\",\"id\":1},\"pages\":{\"type\":\"uint32\",\"id\":2},\"in_flight\":{\"type\":\"uint32\",\"id\":3},\"waiting\":{\"type\":\"uint32\",\"id\":4},\"bytes\":{\"type\":\"double\",\"id\":5},\"rss\":{\"type\":\"double\",\"id\":6}}},\"SchedulerNote\":{\"fields\":{\"feed_url\":{\"type\":\"string\",\"id\":1},\"token\":{\"type\":\"string\",\"id\":2},\"pause\":{\"type\":\"bool\",\"id\":3},\"drain\":{\"type\":\"bool\",\"id\":4}}}}}}}";
