// Runs a state machine with its functions behind HTTP: node machine.mjs DEFINITION INPUT FUNCTIONS
// Prints one object: how the execution ended, and how often each state was entered.
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
const { StateMachine } = await import('aws-local-stepfunctions');

const [definitionFile, inputFile, functions] = process.argv.slice(2);
const definition = JSON.parse(readFileSync(definitionFile, 'utf8'));
const input = JSON.parse(readFileSync(inputFile, 'utf8'));
const entered = {};

/** Calls a function as AWS Lambda does; the name of its error is the class of its exception. */
function call(name) {
  return async (payload) => {
    const answer = await fetch(functions + '/' + name, {
      method: 'POST',
      body: JSON.stringify(payload),
    });
    const json = await answer.json();
    if (!answer.ok) {
      const error = new Error(JSON.stringify(json));
      error.name = json.errorType;
      throw error;
    }
    return json;
  };
}

/** Counts what is billed: states that are entered, and every retry. */
async function count(eventLogs) {
  for await (const event of eventLogs) {
    if (event.type === 'StateEntered' || event.type === 'StateRetried') {
      entered[event.state.name] = (entered[event.state.name] ?? 0) + 1;
    }
  }
}

async function execute() {
  const machine = new StateMachine(definition);
  const execution = machine.run(input, {
    overrides: {
      taskResourceLocalHandlers: {
        Plan: call('plan'),
        Convert: call('convert'),
        Detect: call('detect'),
        Fold: call('fold'),
        // A further execution of this machine with the same input.
        Elsewhere: () => execute(),
      },
      retryIntervalOverrides: { Plan: 1, Convert: 1, Detect: 1, Fold: 1, Elsewhere: 1 },
    },
    context: { Execution: { Input: input }, StateMachine: { Id: 'watch' } },
  });
  const counted = count(execution.eventLogs);
  try {
    return await execution.result;
  } finally {
    await counted;
  }
}

try {
  const output = await execute();
  console.log(JSON.stringify({ status: 'SUCCEEDED', output, entered }));
} catch (e) {
  const cause = e.cause ?? e;
  console.log(
    JSON.stringify({ status: 'FAILED', error: cause.name, cause: cause.message, entered }),
  );
}
