// Server-sent events and lines of JSON, out of pieces that are cut anywhere.

/** Feeds on text; calls back with each event {event, data, id}, and for each comment. */
export function eventReader(onEvent, onComment = () => {}) {
  let rest = '';
  let event = '';
  let id;
  let data = [];
  const line = (text) => {
    if (text === '') {
      if (data.length > 0) onEvent({ event: event || 'message', data: data.join('\n'), id });
      event = '';
      data = [];
    } else if (text.startsWith(':')) {
      onComment();
    } else {
      const colon = text.indexOf(':');
      const name = colon < 0 ? text : text.slice(0, colon);
      const value = colon < 0 ? '' : text.slice(colon + (text[colon + 1] === ' ' ? 2 : 1));
      if (name === 'data') data.push(value);
      else if (name === 'event') event = value;
      else if (name === 'id') id = value;
    }
  };
  return (text) => {
    rest = lines(rest + text, line);
  };
}

/** Feeds on text; calls back with each line that is a JSON value. */
export function lineReader(onValue) {
  let rest = '';
  return (text) => {
    rest = lines(rest + text, (line) => line.trim() && onValue(JSON.parse(line)));
  };
}

/** Gives all whole lines away, and returns what is left. */
function lines(text, take) {
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    take(text.slice(from, text[at - 1] === '\r' && at > from ? at - 1 : at));
    from = at + 1;
  }
  return text.slice(from);
}
