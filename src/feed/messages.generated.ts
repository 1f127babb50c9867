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
  readonly high: number;
  readonly low: number;
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
  readonly cpu: number;
  readonly seconds: number;
}
export interface SchedulerNote {
  readonly feed_url: string;
  readonly token: string;
  readonly pause: boolean;
  readonly drain: boolean;
}
export const DESCRIPTOR = "{\"pinspider.Assignment\":[[\"feed_url\",1,\"string\"],[\"token\",2,\"string\"],[\"task_id\",3,\"string\"],[\"job\",4,\"string\"],[\"work\",5,\"bytes\"],[\"urls_per_task\",6,\"uint32\"],[\"first\",7,\"pinspider.Answer\"]],\"pinspider.Request\":[[\"id\",1,\"uint32\"],[\"url\",2,\"string\"],[\"depth\",3,\"uint32\"],[\"seed\",4,\"string\"],[\"attempt\",5,\"uint32\"],[\"redirects\",6,\"uint32\"],[\"to\",7,\"string\"],[\"method\",8,\"string\"],[\"headers\",9,\"string\",\"map\"],[\"body\",10,\"string\"],[\"facts\",11,\"pinspider.Facts\"]],\"pinspider.Facts\":[[\"etag\",1,\"string\"],[\"last_modified\",2,\"string\"],[\"content\",3,\"fixed32\",\"packed\"]],\"pinspider.Robots\":[[\"status\",1,\"pinspider.Robots.Status\"],[\"text\",2,\"string\"],[\"expires_at\",3,\"double\"]],\"pinspider.Robots.Status\":{\"UNKNOWN\":0,\"RULES\":1,\"ALLOW_ALL\":2,\"DISALLOW_ALL\":3},\"pinspider.Host\":[[\"host\",1,\"string\"],[\"concurrency\",2,\"uint32\"],[\"delay_ms\",3,\"uint32\"],[\"not_before\",4,\"double\"],[\"robots\",5,\"pinspider.Robots\"]],\"pinspider.Answer\":[[\"seq\",1,\"uint32\"],[\"requests\",2,\"pinspider.Request\",\"repeated\"],[\"hosts\",3,\"pinspider.Host\",\"repeated\"],[\"done\",4,\"bool\"],[\"pause_ms\",5,\"uint32\"],[\"give_back\",6,\"bool\"]],\"pinspider.Row\":[[\"extractor\",1,\"uint32\"],[\"json\",2,\"bytes\"],[\"key\",3,\"fixed32\",\"packed\"],[\"filled\",4,\"bytes\"],[\"content\",5,\"fixed32\",\"packed\"]],\"pinspider.Link\":[[\"url\",1,\"string\"],[\"lane\",2,\"uint32\"],[\"depth\",3,\"uint32\"],[\"priority\",4,\"sint32\"],[\"to\",5,\"string\"],[\"redirects\",6,\"uint32\"],[\"seed\",7,\"string\"],[\"parked\",8,\"string\"],[\"high\",9,\"fixed32\"],[\"low\",10,\"fixed32\"]],\"pinspider.Exclusion\":[[\"url\",1,\"string\"],[\"reason\",2,\"string\"]],\"pinspider.Invalid\":[[\"extractor\",1,\"uint32\"],[\"errors\",2,\"string\",\"repeated\"]],\"pinspider.Page\":[[\"id\",1,\"uint32\"],[\"outcome\",2,\"pinspider.Page.Outcome\"],[\"reason\",3,\"string\"],[\"retry_at\",4,\"double\"],[\"status\",5,\"uint32\"],[\"bytes\",6,\"uint32\"],[\"elapsed_ms\",7,\"uint32\"],[\"records\",8,\"pinspider.Row\",\"repeated\"],[\"links\",9,\"pinspider.Link\",\"repeated\"],[\"invalid\",10,\"pinspider.Invalid\",\"repeated\"],[\"skipped\",11,\"uint32\",\"packed\"],[\"excluded\",12,\"pinspider.Exclusion\",\"repeated\"],[\"facts\",13,\"pinspider.Facts\"]],\"pinspider.Page.Outcome\":{\"RETURNED\":0,\"FETCHED\":1,\"NOT_MODIFIED\":2,\"REDIRECTED\":3,\"FAILED\":4,\"EXCLUDED\":5,\"RETRY\":6},\"pinspider.HostNews\":[[\"host\",1,\"string\"],[\"not_before\",2,\"double\"],[\"delay_ms\",3,\"uint32\"],[\"robots\",4,\"pinspider.Robots\"],[\"has_delay\",5,\"bool\"]],\"pinspider.Report\":[[\"task_id\",1,\"string\"],[\"seq\",2,\"uint32\"],[\"pages\",3,\"pinspider.Page\",\"repeated\"],[\"hosts\",4,\"pinspider.HostNews\",\"repeated\"],[\"want\",5,\"uint32\"]],\"pinspider.TaskSummary\":[[\"pages\",1,\"uint32\"],[\"records\",2,\"uint32\"],[\"bytes\",3,\"double\"]],\"pinspider.Progress\":[[\"task_id\",1,\"string\"],[\"pages\",2,\"uint32\"],[\"in_flight\",3,\"uint32\"],[\"waiting\",4,\"uint32\"],[\"bytes\",5,\"double\"],[\"rss\",6,\"double\"],[\"cpu\",7,\"double\"],[\"seconds\",8,\"double\"]],\"pinspider.SchedulerNote\":[[\"feed_url\",1,\"string\"],[\"token\",2,\"string\"],[\"pause\",3,\"bool\"],[\"drain\",4,\"bool\"]]}";
