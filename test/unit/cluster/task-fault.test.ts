import { expect, test } from 'vitest';
import { type LaunchContext, taskFault } from '../../../src/cluster/master/task-fault.ts';
import { allocatedTo, resourcesOf } from '../../../src/cluster/resources.ts';
import { without } from '../../../src/cluster/without.ts';
import type { ExecutorInfo, Resource, TaskInfo } from '../../../src/mesos/messages.generated.ts';

const amount = (cpus: number, mem: number): Resource[] => [
  { name: 'cpus', type: 'SCALAR', scalar: { value: cpus }, allocation_info: { role: '*' } },
  { name: 'mem', type: 'SCALAR', scalar: { value: mem }, allocation_info: { role: '*' } },
];
const executor: ExecutorInfo = {
  type: 'CUSTOM',
  executor_id: { value: 'e1' },
  framework_id: { value: 'f' },
  name: 'node executor e1',
  source: 'probe',
  command: { shell: true, value: 'exec x', environment: { variables: [{ name: 'A', type: 'VALUE', value: 'json' }] } },
  resources: amount(0.1, 32),
};
const task: TaskInfo = {
  name: 't',
  task_id: { value: 't' },
  agent_id: { value: 'S0' },
  resources: amount(0.1, 32),
  executor,
};
const context: LaunchContext = {
  frameworkId: 'f',
  agentId: 'S0',
  isTaken: (id) => id === 'first',
  executor: (id) => (id === 'e1' ? executor : undefined),
  available: allocatedTo(
    resourcesOf([
      { name: 'ports', type: 'RANGES', ranges: { range: [{ begin: 31_000, end: 32_000 }] } },
      { name: 'cpus', type: 'SCALAR', scalar: { value: 3.8 } },
      { name: 'mem', type: 'SCALAR', scalar: { value: 4032 } },
      { name: 'disk', type: 'SCALAR', scalar: { value: 4096 } },
    ]),
    '*',
  ),
};
const bare = without(task, 'executor');
const offered =
  'ports(allocated: *):[31000-32000]; cpus(allocated: *):3.8; mem(allocated: *):4032; disk(allocated: *):4096';

// Texts as a real master gave them.
test.each([
  { name: 'a good task', given: task, want: undefined },
  { name: 'a duplicate id', given: { ...task, task_id: { value: 'first' } }, want: 'Task has duplicate ID: first' },
  {
    name: 'bad characters in the id',
    given: { ...task, task_id: { value: 'bad id/with slash' } },
    want: "'bad id/with slash' contains invalid characters",
  },
  {
    name: 'another agent',
    given: { ...task, agent_id: { value: 'another-agent' } },
    want: 'Task uses invalid agent another-agent while agent S0 is expected',
  },
  { name: 'no resources', given: { ...task, resources: [] }, want: 'Task uses no resources' },
  {
    name: 'neither command nor executor',
    given: bare,
    want: 'Task should have at least one (but not both) of CommandInfo or ExecutorInfo present',
  },
  {
    name: 'both',
    given: { ...task, command: {} },
    want: 'Task should have at least one (but not both) of CommandInfo or ExecutorInfo present',
  },
  {
    name: 'too much for the task',
    given: { ...task, resources: amount(100, 32) },
    want: `Total resources cpus(allocated: *):100; mem(allocated: *):32 required by task and its executor is more than available ${offered}`,
  },
  {
    name: 'too much for the new executor',
    given: { ...task, executor: { ...executor, executor_id: { value: 'e8' }, resources: amount(3.95, 32) } },
    want: `Total resources cpus(allocated: *):4.05; mem(allocated: *):64 required by task and its executor is more than available ${offered}`,
  },
  {
    name: 'labels and grace of a known executor may differ',
    given: {
      ...task,
      executor: { ...executor, labels: { labels: [{ key: 'k' }] }, shutdown_grace_period: { nanoseconds: 1 } },
    },
    want: undefined,
  },
])('$name', ({ given, want }) => {
  expect(taskFault(given, context)).toBe(want);
});

test('another ExecutorInfo under a known id is refused, and both are printed as Mesos prints them', () => {
  const fault = taskFault({ ...task, executor: { ...executor, name: 'different name' } }, context);
  expect(fault).toBe(`ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.
------------------------------------------------------------
Existing ExecutorInfo:
${printed('node executor e1')}

------------------------------------------------------------
ExecutorInfo:
${printed('different name')}

------------------------------------------------------------
`);
});

function printed(name: string): string {
  const resource = (kind: string, value: number): string => `resources {
  name: "${kind}"
  type: SCALAR
  scalar {
    value: ${value}
  }
  allocation_info {
    role: "*"
  }
}`;
  return `executor_id {
  value: "e1"
}
${resource('cpus', 0.1)}
${resource('mem', 32)}
command {
  environment {
    variables {
      name: "A"
      value: "json"
      type: VALUE
    }
  }
  value: "exec x"
  shell: true
}
framework_id {
  value: "f"
}
name: "${name}"
source: "probe"
type: CUSTOM`;
}
