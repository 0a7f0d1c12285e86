// A conversation with several models side by side: one question, an answer of each pane.
//
// A turn is {text, results, answers: {pane: answer}}: what was asked, or the results of the calls before, and what came.

/** What a pane's model is sent for the last turn: all before it, as that pane saw it. */
export function history(turns, pane) {
  const messages = [];
  for (const turn of turns) {
    if (turn.results) {
      const given = turn.results[pane];
      // Results answer calls of one model; a pane that made none has nothing to go on from.
      if (!given) continue;
      for (const { id, name, text } of given) messages.push({ role: 'tool', id, name, text });
    } else {
      messages.push({ role: 'user', text: turn.text });
    }
    const answer = turn.answers[pane] ?? Object.values(turn.answers)[0];
    if (answer && said(answer)) {
      messages.push({ role: 'assistant', text: answer.text, thinking: answer.thinking, signature: answer.signature, calls: answered(turns, turn, pane, answer) });
    }
  }
  return merged(messages);
}

const said = (answer) => answer.text || answer.calls.length > 0;

/** Only calls that have results; models stumble over others. */
function answered(turns, turn, pane, answer) {
  const next = turns[turns.indexOf(turn) + 1];
  const results = next?.results?.[pane];
  return results ? answer.calls.filter((call) => results.some(({ id }) => id === call.id)) : [];
}

/** No two questions and no empty answer in a row: an answer that was stopped before its first word leaves its question. */
function merged(messages) {
  const all = [];
  for (const message of messages) {
    const last = all.at(-1);
    if (message.role === 'user' && last?.role === 'user') last.text += `\n\n${message.text}`;
    else if (message.role !== 'assistant' || message.text || message.calls?.length > 0) all.push({ ...message });
  }
  return all;
}

/** How quick an answer was: {first, rate} in ms and tokens a second. */
export function speed({ asked, first, ended, usage }) {
  if (!first) return { first: null, rate: null };
  const seconds = (ended - first) / 1000;
  return { first: first - asked, rate: ended && usage?.output > 1 && seconds > 0.05 ? usage.output / seconds : null };
}

/** What is wrong with a text that should be a list of tools; null when nothing is. */
export function toolProblem(text) {
  if (!text.trim()) return null;
  try {
    const tools = JSON.parse(text);
    if (!Array.isArray(tools)) return 'Tools are a JSON list.';
    const nameless = tools.findIndex((tool) => !tool?.name || typeof tool.parameters !== 'object');
    return nameless < 0 ? null : `Tool ${nameless + 1} needs a name and parameters.`;
  } catch (error) {
    return error.message;
  }
}

export const SAMPLE_TOOLS = JSON.stringify([{
  name: 'get_time',
  description: 'The time in a place',
  parameters: { type: 'object', properties: { zone: { type: 'string', description: 'such as Europe/Paris' } }, required: ['zone'] },
}], null, 2);
