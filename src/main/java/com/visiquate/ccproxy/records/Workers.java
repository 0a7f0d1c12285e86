package com.visiquate.ccproxy.records;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that may wait.
 *
 * @param appends for the disk
 * @param writes for the database
 * @param reads for whoever asks
 */
record Workers(WorkerExecutor appends, WorkerExecutor writes, WorkerExecutor reads) {
  static Workers of(Vertx vertx) {
    return new Workers(
        worker(vertx, "records-journal", 1),
        worker(vertx, "records-writer", 1),
        worker(vertx, "records-questions", 2));
  }

  private static WorkerExecutor worker(Vertx vertx, String name, int threads) {
    return vertx.createSharedWorkerExecutor(name, threads, 10, TimeUnit.MINUTES);
  }

  /** Deletes what is too old, batch by batch, so that what is new is written in between. */
  void deleteOld(Desk desk) {
    writes
        .executeBlocking(desk::deleteSome)
        .onSuccess(
            deleted -> {
              if (deleted > 0) {
                deleteOld(desk);
              }
            });
  }

  Future<?> close() {
    return appends.close().eventually(writes::close).eventually(reads::close);
  }
}
