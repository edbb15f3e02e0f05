package io.aircheck.deploy.flink;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job runs, for as long as it does. */
interface JobCluster extends AutoCloseable {
  /** By which the job is submitted, as wide as it may be. */
  StreamExecutionEnvironment environment();

  /** The job is over: gives back what was there for it alone. */
  @Override
  void close();

  /** One that is there anyway. */
  static JobCluster standing(StreamExecutionEnvironment environment) {
    return new JobCluster() {
      @Override
      public StreamExecutionEnvironment environment() {
        return environment;
      }

      @Override
      public void close() {}
    };
  }
}
