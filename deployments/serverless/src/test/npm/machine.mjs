// Runs a state machine with its functions behind HTTP: node machine.mjs DEFINITION INPUT FUNCTIONS OUTAGES
// Prints one object: how the execution ended, how often each state was entered, and how long it waited.
import { readFileSync } from 'node:fs';

// The interpreter needs it, and Node has it only from 22 on.
Promise.withResolvers ??= function () {
  let resolve;
  let reject;
  const promise = new this((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};

/** Time of the execution in milliseconds: it passes only while the interpreter waits. */
let now = 0;
/** Whether the time-out of the task that begins is to pass at once: its function does not answer. */
let hangs = false;

// Waits between retries and of states take no time here; whatever else uses timers keeps them.
const realSetTimeout = globalThis.setTimeout;
globalThis.setTimeout = (then, millis, ...rest) => {
  const waits = hangs || /\bat sleep \(/.test(new Error().stack);
  hangs = false;
  const due = now + millis;
  return waits
    ? realSetTimeout(() => {
        now = Math.max(now, due);
        then(...rest);
      }, 1)
    : realSetTimeout(then, millis, ...rest);
};
// Waits are drawn between nothing and all: an unlucky draw, the same in every run.
Math.random = () => 0.25;

const { StateMachine } = await import('aws-local-stepfunctions');

const [definitionFile, inputFile, functions, outagesFile] = process.argv.slice(2);
const definition = JSON.parse(readFileSync(definitionFile, 'utf8'));
const input = JSON.parse(readFileSync(inputFile, 'utf8'));
const outages = JSON.parse(readFileSync(outagesFile, 'utf8'));
const entered = {};
const started = [];

/** The outage that a call falls into; one begins with the first call that it concerns. */
function outage(name, payload) {
  return outages.find((candidate) => {
    if (candidate.function !== name || candidate.number > (payload?.number ?? 0)) {
      return false;
    }
    candidate.begun ??= now;
    return now < candidate.begun + candidate.seconds * 1000;
  });
}

function failure(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Calls a function as AWS Lambda does; the name of its error is the class of its exception. */
function call(name) {
  return async (payload) => {
    const away = outage(name, payload);
    if (away?.error === 'States.Timeout') {
      hangs = true;
      return new Promise(() => {});
    }
    if (away) {
      throw failure(away.error, name + ' is away');
    }
    const answer = await fetch(functions + '/' + name, {
      method: 'POST',
      body: JSON.stringify(payload),
    });
    const json = await answer.json();
    if (!answer.ok) {
      throw failure(json.errorType, JSON.stringify(json));
    }
    return json;
  };
}

/** Executions that were started by others, as AWS Step Functions starts them: each name once. */
const further = [];

async function start(parameters) {
  if (started.includes(parameters.Name)) {
    throw failure('StepFunctions.ExecutionAlreadyExistsException', 'there is ' + parameters.Name);
  }
  started.push(parameters.Name);
  further.push(execute(parameters.Name));
  const away = outage('start', parameters);
  if (away) {
    throw failure(away.error, 'it has been started, and the answer got lost');
  }
  return {};
}

/** Counts what is billed: states that are entered, and every retry. */
async function count(eventLogs) {
  for await (const event of eventLogs) {
    if (event.type === 'StateEntered' || event.type === 'StateRetried') {
      entered[event.state.name] = (entered[event.state.name] ?? 0) + 1;
    }
  }
}

async function execute(name) {
  const machine = new StateMachine(definition);
  const execution = machine.run(input, {
    overrides: {
      taskResourceLocalHandlers: {
        Plan: call('plan'),
        Convert: call('convert'),
        Detect: call('detect'),
        Fold: call('fold'),
        Elsewhere: start,
      },
    },
    context: { Execution: { Id: 'watch:' + name, Input: input }, StateMachine: { Id: 'watch' } },
  });
  const counted = count(execution.eventLogs);
  try {
    return await execution.result;
  } finally {
    await counted;
  }
}

const told = () => ({ entered, started, waitedSeconds: now / 1000 });
try {
  let output = await execute('first');
  while (further.length > 0) {
    output = await further.shift();
  }
  console.log(JSON.stringify({ status: 'SUCCEEDED', output, ...told() }));
} catch (e) {
  const cause = e.cause ?? e;
  console.log(
    JSON.stringify({ status: 'FAILED', error: cause.name, cause: cause.message, ...told() }),
  );
}
process.exit(0);
