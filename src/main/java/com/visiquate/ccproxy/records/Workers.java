package com.visiquate.ccproxy.records;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The threads that may wait, each with its own work: a database that hangs keeps nothing from the
 * disk. What one thread is given it does in order.
 */
final class Workers {
  private final WorkerExecutor journal;
  private final WorkerExecutor writer;
  private final WorkerExecutor questions;

  private Workers(WorkerExecutor journal, WorkerExecutor writer, WorkerExecutor questions) {
    this.journal = journal;
    this.writer = writer;
    this.questions = questions;
  }

  static Workers of(Vertx vertx) {
    return new Workers(
        worker(vertx, "records-journal", 1),
        worker(vertx, "records-writer", 1),
        worker(vertx, "records-questions", 2));
  }

  private static WorkerExecutor worker(Vertx vertx, String name, int threads) {
    return vertx.createSharedWorkerExecutor(name, threads, 10, TimeUnit.MINUTES);
  }

  /** For the disk. */
  <T> Future<T> append(Callable<T> work) {
    return run(journal, work);
  }

  /** For the database. */
  <T> Future<T> write(Callable<T> work) {
    return run(writer, work);
  }

  /** For whoever asks. */
  <T> Future<T> read(Callable<T> work) {
    return run(questions, work);
  }

  /** Not in Vert.x's order: that is one for all executors of a context. */
  private static <T> Future<T> run(WorkerExecutor executor, Callable<T> work) {
    return executor.executeBlocking(work, false).map(Objects::requireNonNull);
  }

  /** Deletes what is too old, batch by batch, so that what is new is written in between. */
  void deleteOld(Desk desk) {
    write(desk::deleteSome)
        .onSuccess(
            deleted -> {
              if (deleted > 0) {
                deleteOld(desk);
              }
            });
  }

  Future<?> close() {
    return journal.close().eventually(writer::close).eventually(questions::close);
  }
}
