// What agents do to a gateway, in all dialects and with all that goes wrong; twice, so that every counter has grown.
const LONG = 'The waiting room of each model is bounded in length and in time. '.repeat(60);
const TOO_LONG = LONG.repeat(4);

const chat = (model, messages, more = {}) => ['/v1/chat/completions', {model, messages, max_tokens: 60, ...more}];
const says = content => [{role: 'user', content}];

// One of each dialect, streamed and whole.
const DIALECTS = [
  chat('coding', says('Hello'), {stream: true, logit_bias: {1: 1}}),
  chat('qwen-quality', says('Hello')),
  ['/v1/responses', {model: 'coding', input: 'Hello', max_output_tokens: 60, store: false}],
  ['/v1/completions', {model: 'coding', prompt: 'Hello', max_tokens: 60}],
  ['/v1/embeddings', {model: 'embed', input: ['a', 'b']}],
  ['/v1/messages', {model: 'coding', max_tokens: 60, messages: says('Hello'), stream: true}],
  ['/api/chat', {model: 'coding', messages: says('Hello'), options: {num_predict: 60}}],
  ['/api/generate', {model: 'coding', prompt: 'Hello', options: {num_predict: 60}}],
  ['/api/embed', {model: 'embed', input: 'a'}],
];

export class Load {
  constructor(gateway, ollamas) {
    this.gateway = gateway;
    this.ollamas = ollamas;
  }

  // Sends all of it, and comes back when all of it has ended.
  async round(number) {
    await Promise.all(DIALECTS.map(([path, body]) => this.post(path, body)));
    await this.repeat(number);
    await this.expect(404, ...chat('nobody-knows-it', says('Hello')));
    await this.converse(number);
    await this.post(...chat('qwen-fast', says(TOO_LONG)));
    await this.fail();
    await this.leave(number);
    await this.crowd();
  }

  // What nobody has asked yet, and the same again, which is answered from the cache.
  async repeat(number) {
    const question = chat('coding', says(`The same, ${number}`), {temperature: 0, max_tokens: 2000});
    for (let time = 0; time < 3; time++) await this.expect(200, ...question);
  }

  // A conversation of which each turn begins with the one before, and one whose client rewrites what it has sent.
  async converse(number) {
    const messages = [{role: 'system', content: `You are agent ${number}. ${LONG}`}];
    for (let turn = 0; turn < 3; turn++) {
      messages.push({role: 'user', content: `Step ${turn} of conversation ${number}`});
      const answer = await this.expect(200, ...chat('qwen-fast', messages));
      messages.push(answer.choices[0].message);
    }
    await this.callTools(number);
    messages[0] = {role: 'system', content: `It is ${number} o'clock. ${LONG}`};
    await this.expect(200, ...chat('qwen-fast', [...messages, ...says('And now?')]));
  }

  // A conversation that comes back from its tools, and finds its slot kept; it is long enough to be worth that.
  async callTools(number) {
    const messages = [{role: 'system', content: `You are reader ${number}. ${LONG}${LONG}`}];
    const tools = [{type: 'function', function: {name: 'read_file', description: 'Reads', parameters: {type: 'object', properties: {}}}}];
    for (let turn = 0; turn < 3; turn++) {
      messages.push({role: 'user', content: `Call read_file, time ${turn}`});
      const answer = await this.expect(200, ...chat('qwen-quality', messages, {tools}));
      const {tool_calls: calls, content} = answer.choices[0].message;
      messages.push({role: 'assistant', content, tool_calls: calls});
      for (const call of calls) messages.push({role: 'tool', tool_call_id: call.id, content: 'a file'});
    }
  }

  // One backend fails, and the other one answers; then both fail.
  async fail() {
    await this.fault(0, {fault: 'status', status: 500, next: 1});
    await this.fault(1, {fault: 'status', status: 500, next: 1});
    await this.post(...chat('qwen-fast', says('Whoever can')));
    await this.fault(0);
    await this.fault(1);
    await this.fault(0, {fault: 'status', status: 500, next: 1});
    await Promise.all([1, 2].map(i => this.post(...chat('qwen-fast', says(`Whoever is left ${i}`)))));
    await this.fault(0);
    await this.post(...chat('qwen-fast', says('Whoever is well again')));
  }

  // A client that leaves in the middle of its answer.
  async leave(number) {
    const left = new AbortController();
    const [path, body] = chat('qwen-quality', says(`Never mind ${number}`), {stream: true, max_tokens: 2000});
    const answer = await this.send(path, body, left.signal);
    await answer.body.getReader().read();
    left.abort();
  }

  // More than there is room for.
  async crowd() {
    const all = Array.from({length: 24}, (_, i) => this.post(...chat('qwen-fast', says(`One of many: ${i}. ${LONG}`))));
    const statuses = await Promise.all(all);
    if (!statuses.includes(429) && !statuses.includes(503)) throw new Error(`nobody was refused: ${statuses}`);
  }

  async post(path, body) {
    const answer = await this.send(path, body);
    await answer.arrayBuffer();
    return answer.status;
  }

  async expect(status, path, body) {
    const answer = await this.send(path, body);
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status} instead of ${status}: ${text}`);
    return JSON.parse(text);
  }

  send(path, body, signal) {
    return fetch(this.gateway + path, {
      method: 'POST', signal, body: JSON.stringify(body),
      headers: {'content-type': 'application/json', 'x-ccproxy-client': 'planner-1'},
    });
  }

  // Arms a fault of a simulated Ollama, or heals it.
  async fault(ollama, fault) {
    const answer = await fetch(`${this.ollamas[ollama]}/__fault`, {method: 'POST', body: fault ? JSON.stringify(fault) : ''});
    if (!answer.ok) throw new Error(await answer.text());
  }
}
