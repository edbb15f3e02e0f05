package io.aircheck.deploy.flink;

import java.io.Serializable;

/** A way out of a job, which it travels with. */
sealed interface Exit extends Serializable {

  /** What the operator is called, among the exits of a job. */
  String id();

  /** Who is at the end of it, asked where the operator runs; not connected yet. */
  Recipient recipient();

  /** To a desk, which takes everything that comes of a job. */
  record ToDesk(DeskLink desk) implements Exit {
    @Override
    public String id() {
      return "desk";
    }

    @Override
    public Recipient recipient() {
      return desk;
    }
  }

  /** To a sink, which takes changes of incidents. */
  record ToSink(SinkSetup sink) implements Exit {
    @Override
    public String id() {
      return sink.id();
    }

    @Override
    public Recipient recipient() {
      return new SinkRecipient(sink.id(), sink.create());
    }
  }
}
