-- One row for each request. Moments are microseconds since 1970, spans microseconds; the words are those of bus.RequestRecord.
create table requests (
  id              text not null primary key,
  revision        integer not null,
  node            text not null,
  arrived         bigint not null,
  first_token     bigint,
  ended           bigint not null,
  route           text not null,
  dialect         text not null,
  streamed        integer not null,
  alias           text not null,
  client          text not null,
  api_key         text,
  conversation    text,
  session         text,
  parent          text,
  model           text,
  backend         text,
  instead_of      text,
  outcome         text not null,
  status          integer not null,
  failure         text,
  attempts        integer not null,
  tools           text not null,
  cache_hit       integer not null,
  queue_us        bigint not null,
  load_us         bigint not null,
  prompt_us       bigint not null,
  output_us       bigint not null,
  prompt_tokens   bigint not null,
  cached_tokens   bigint not null,
  output_tokens   bigint not null,
  thinking_tokens bigint not null,
  lost_tokens     bigint not null,
  lost_where      text,
  machine_us      bigint not null,
  slots           text,
  cost            double precision not null,
  saved           double precision not null
);

-- Pages, newest first, and the days at the edges of a summary.
create index requests_by_arrival on requests (arrived, id);
create index requests_by_client on requests (client, arrived);
create index requests_by_key on requests (api_key, arrived) where api_key is not null;
create index requests_by_conversation on requests (conversation, arrived) where conversation is not null;

-- What was used on one day (of UTC, counted from 1970) by one value of one column; scope is '' for all, or the key whose part it is.
create table usage (
  scope           text not null,
  dimension       text not null,
  day             integer not null,
  value           text not null,
  requests        bigint not null,
  completed       bigint not null,
  failed          bigint not null,
  prompt_tokens   bigint not null,
  cached_tokens   bigint not null,
  output_tokens   bigint not null,
  thinking_tokens bigint not null,
  lost_tokens     bigint not null,
  queue_us        bigint not null,
  load_us         bigint not null,
  prompt_us       bigint not null,
  output_us       bigint not null,
  total_us        bigint not null,
  machine_us      bigint not null,
  cost            double precision not null,
  saved           double precision not null,
  primary key (scope, dimension, day, value)
) ${keyed_only};

-- How far each spool has been written here: all before this place of this segment is in the tables above.
create table spools (
  spool    text not null primary key,
  segment  bigint not null,
  place    bigint not null
);
