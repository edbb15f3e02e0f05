package io.aircheck.deploy.isolated;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Children that are threads of the test, reached through sockets: what a process says through pipes
 * is not cut off either when the thread that says it is interrupted.
 */
final class ThreadChildren implements ChildLauncher {
  private final Supplier<Child> children;
  private final List<Threaded> launched = new CopyOnWriteArrayList<>();

  ThreadChildren(Supplier<Child> children) {
    this.children = children;
  }

  List<Threaded> launched() {
    return launched;
  }

  @Override
  public Launched launch() throws IOException {
    Threaded threaded = new Threaded(children.get());
    launched.add(threaded);
    return threaded;
  }

  static final class Threaded implements Launched {
    private final Socket parent;
    private final Socket child;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    Threaded(Child inside) throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        parent = new Socket(server.getInetAddress(), server.getLocalPort());
        child = server.accept();
      }
      Thread.ofPlatform().daemon().start(() -> serve(inside));
    }

    private void serve(Child inside) {
      try (child) {
        inside.serve(child.getInputStream(), child.getOutputStream());
        end.complete(0);
      } catch (IOException e) {
        end.complete(1);
      }
    }

    /** As a crash is seen from outside: the connection breaks, and there is a status. */
    void die(int status) throws IOException {
      end.complete(status);
      child.close();
    }

    @Override
    public OutputStream toChild() throws IOException {
      return parent.getOutputStream();
    }

    @Override
    public InputStream fromChild() throws IOException {
      return parent.getInputStream();
    }

    @Override
    public InputStream errors() {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public int awaitEnd() throws InterruptedException {
      try {
        return end.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void kill() {
      try {
        die(137);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String name() {
      return "a threaded child";
    }
  }
}
