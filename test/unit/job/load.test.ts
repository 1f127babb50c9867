import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadJob, type LoadedJob, type LoadOptions } from '../../../src/job/load.ts';
import { jobValidator } from '../../../src/job/schema.ts';

let folder = '';
beforeAll(async () => {
  jobValidator(); // compiled once, outside the time of any test
  folder = await mkdtemp(join(tmpdir(), 'pinspider-load-'));
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const JOB = 'name: x\nseeds: https://a.example/\nextractors: { q: { fields: { t: h1 } } }\n';

async function load(text: string, options: Partial<LoadOptions> = {}): Promise<LoadedJob> {
  await writeFile(join(folder, 'job.yaml'), text);
  return loadJob('job.yaml', { env: {}, cwd: folder, ...options });
}

async function faultOf(text: string, options: Partial<LoadOptions> = {}): Promise<string> {
  return load(text, options).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
}

test('a job without a user agent bears the name and version of this package', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  const { job } = await load(JOB);
  expect(job.politeness.userAgent).toBe(`pinspider/${version} (+https://pinspider.dev)`);
  expect((await load(JOB, { userAgent: 'other/1' })).job.politeness.userAgent).toBe('other/1');
});

describe('--set', () => {
  test('lays values on the job, typed as YAML, and makes sections that are not there', async () => {
    const set = [
      'scope.max_pages=5',
      'scope.deny=[/a/**, "*.pdf"]',
      'seeds[0]=https://b.example/',
      'extractors.q.fields.u=h2',
      'fetch.retries=2',
    ];
    const { job } = await load(JOB.replace('https://a.example/', '[https://a.example/]'), { set });
    expect(job.scope).toMatchObject({ maxPages: 5, deny: ['/a/**', '*.pdf'] });
    expect(job.seeds).toEqual([{ url: 'https://b.example/' }]);
    expect(job.extractors[0]?.fields.map((f) => f.name)).toEqual(['t', 'u']);
    expect(job.fetch.retries).toMatchObject({ times: 2, backoffMs: 1000 });
  });

  test('vars are set before they are used', async () => {
    const { job } = await load(`vars: { n: 1 }\nscope: { max_pages: "\${n}" }\n${JOB}`, { set: ['vars.n=7'] });
    expect(job.scope.maxPages).toBe(7);
  });

  test.each([
    { set: 'scope.max_pages=abc', want: '--set scope.max_pages=abc: scope.max_pages wants a whole number, not "abc"' },
    { set: 'scope.max_page=5', want: '--set scope.max_page=5: unknown key "max_page"; did you mean "max_pages"?' },
    {
      set: 'scope.max_pages',
      want: '--set scope.max_pages: this is not path=value; write e.g. --set scope.max_pages=100 or --set seeds[0]=https://example.org/',
    },
    {
      set: 'name.first=y',
      want: '--set name.first=y: there is nothing at name.first to set; lists count from [0] and grow by one at a time',
    },
    {
      set: 'scope.deny=[',
      want: '--set scope.deny=[: the value does not read as YAML; quote it twice: once for the shell, once for YAML',
    },
  ])('$set is told of with the flag as its place', async ({ set, want }) => {
    expect(await faultOf(JOB, { set: [set] })).toBe(want);
  });

  test('faults of flags come after those of the file', async () => {
    const message = await faultOf(`${JOB}outputs: 1\n`, { set: ['nmae=y'] });
    expect(message.split('\n').filter((l) => /^(job|--set)/.test(l))).toEqual([
      'job.yaml:4:1: unknown key "outputs"; did you mean "output"?',
      '--set nmae=y: unknown key "nmae"; did you mean "name"?',
    ]);
  });
});

describe('flags in place of what the job says', () => {
  test('master, seeds, limit and the folder of outputs', async () => {
    const overrides = { master: 'm1:5050,m2:5050', seeds: ['https://b.example/[1-2]'], limit: 3, out: 'there' };
    const { job } = await load(JOB, { overrides });
    expect(job.mesos).toMatchObject({
      master: { kind: 'http', urls: ['http://m1:5050', 'http://m2:5050'] },
      failoverTimeoutS: 3600,
      checkpoint: true,
    });
    expect(job.seeds.map((s) => s.url)).toEqual(['https://b.example/1', 'https://b.example/2']);
    expect(job.scope.maxPages).toBe(3);
    expect(job.output).toEqual([{ type: 'jsonl', path: join(folder, 'there/out/{extractor}.jsonl') }]);
  });

  test('seeds of flags serve a job that has none, or has some that this version cannot read', async () => {
    const overrides = { seeds: ['https://b.example/'] };
    expect((await load(JOB.replace(/seeds.*\n/, ''), { overrides })).job.seeds).toEqual([
      { url: 'https://b.example/' },
    ]);
    expect((await load(JOB.replace(/seeds.*\n/, 'seeds: { sitemap: auto }\n'), { overrides })).job.seeds).toHaveLength(
      1,
    );
    expect(await faultOf(JOB, { overrides: { seeds: ['b.example'] } })).toBe(
      '--seed b.example: a seed is a whole URL; write https://b.example',
    );
  });
});

describe('variables', () => {
  test('a value never brings in structure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), async (value) => {
        const { job } = await load(`description: "\${V}"\n${JOB}`, { env: { V: value } });
        expect(job.description).toBe(value);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  test('a whole value that reads as number or boolean is one where the schema wants one, and text elsewhere', async () => {
    const text = `${JOB}description: \${N}\ntotal_tasks: \${N}\ncheckpoint: \${B}\npoliteness: { delay: "\${N}" }\nexecutors: { crawler: { cpus: "\${C:-0.5}" } }\n`;
    const { job } = await load(text, { env: { N: '12', B: 'true' } });
    expect(job.description).toBe('12');
    expect(job.mesos).toMatchObject({ totalTasks: 12, checkpoint: true });
    expect(job.politeness.delayMs).toBe(12_000);
    expect(job.executors[0]?.cpusMilli).toBe(500);
    expect(await faultOf(text, { env: { N: '12', B: 'yes' } })).toContain(
      'job.yaml:6:13: yes is text in YAML 1.2; use true',
    );
  });

  test('an empty variable counts as none for :- and :?, and as itself without them', async () => {
    const { job } = await load(`description: "[\${E}\${E:-d}]"\n${JOB}`, { env: { E: '' } });
    expect(job.description).toBe('[d]');
    expect(await faultOf(`description: \${E:?say something}\n${JOB}`, { env: { E: '' } })).toContain(
      'job.yaml:1:14: E: say something',
    );
  });

  test('the near name is offered for one that is not set', async () => {
    expect(await faultOf(`description: \${API_TOKN}\n${JOB}`, { env: { API_TOKEN: 'x' } })).toContain(
      'variable API_TOKN is not set; did you mean "API_TOKEN"?',
    );
  });
});

describe('secrets', () => {
  test('are collected from files, secret keys, secret names and addresses', async () => {
    await writeFile(join(folder, 'key.txt'), 'from-file\n');
    const text = `${JOB}master: http://p:from-master@h:5050\nprincipal: p\nsecret: \${PLAIN}\nfetch: { headers: { X: "\${file:key.txt}", Authorization: "Bearer \${PASS}", Y: "\${MY_API_KEY}", Z: "\${OPEN}" } }\n`;
    const { job } = await load(text, {
      env: { PLAIN: 'from-key', PASS: 'from-header', MY_API_KEY: 'from-name', OPEN: 'shown' },
    });
    expect([...job.secrets].sort()).toEqual(['from-file', 'from-header', 'from-key', 'from-master', 'from-name']);
  });

  test('never stand in a message', async () => {
    const message = await faultOf(`${JOB}total_tasks: \${MY_TOKEN}\nmaster: zk://\${MY_TOKEN}/\n`, {
      env: { MY_TOKEN: 'hunter2' },
    });
    expect(message).not.toContain('hunter2');
    expect(message).toContain('total_tasks wants a whole number, not "***"');
  });

  test('a field called token is no secret', async () => {
    const { job } = await load(JOB.replace('t: h1', 'token: .token'));
    expect(job.secrets).toEqual([]);
  });
});

describe('files that cannot be read', () => {
  test('are CONFIG_UNREADABLE with the reason', async () => {
    await expect(loadJob('nope.yaml', { env: {}, cwd: folder })).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: 'nope.yaml: no such file',
    });
    await writeFile(join(folder, 'latin1.yaml'), Buffer.from('name: caf\xe9\n', 'latin1'));
    await expect(loadJob('latin1.yaml', { env: {}, cwd: folder })).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: 'latin1.yaml: not UTF-8 text; save it as UTF-8',
    });
  });
});

test('any text is a job or is told of; nothing else is thrown', async () => {
  const piece = fc.constantFrom(
    'name',
    'seeds',
    'css',
    ':',
    ' ',
    '  ',
    '\n',
    '-',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '#',
    '*',
    '&a',
    '*a',
    '!',
    '|',
    '>',
    '%',
    '@',
    ',',
    '${',
    '}',
    '\t',
    '<<',
    'x',
    '1',
    '---',
    '?',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
      await load(pieces.join('')).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
      });
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('a job with some keys of wrong form is told of; nothing else is thrown', async () => {
  const sections = [
    'seeds',
    'scope',
    'executors',
    'extractors',
    'expect',
    'tests',
    'output',
    'fetch',
    'politeness',
    'follow',
    'master',
    'vars',
    'frontier',
    'secret',
  ];
  const bad = fc.oneof(
    fc.constantFrom(
      '5',
      '[]',
      '{}',
      'null',
      '[[]]',
      '{ a: }',
      '{ a: { b: [1] } }',
      '[{ a: 1 }]',
      'text',
      '-1',
      'true',
      '{ q: 5 }',
      '{ q: { extractors: 5, mem: [] } }',
      '[{ url: 5, fixture: [] }]',
      '{ retries: { on: 5 } }',
      '{ allow: 5 }',
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.constantFrom(...sections), bad), { selector: ([s]) => s, maxLength: 4 }),
      async (pairs) => {
        const own = pairs.map(([s]) => s);
        const rest = JOB.split('\n').filter((l) => !own.includes(l.split(':')[0] ?? ''));
        await load([...rest, ...pairs.map(([s, v]) => `${s}: ${v}`)].join('\n')).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
        });
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);
