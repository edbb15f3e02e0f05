package io.aircheck.app.serve.page;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;

/**
 * A window with tabs, of which one is seen and the others are in the background. Nobody looks into
 * its pages, which would keep them in sight. Used by the thread of the browser.
 */
public final class BrowserWindow {
  private final CDPSession browser;
  private final String context;

  BrowserWindow(CDPSession browser) {
    this.browser = browser;
    context = browser.send("Target.createBrowserContext").get("browserContextId").getAsString();
  }

  /** Opens an address in a tab that is seen; what is seen now comes into the background. */
  public Tab open(String address) {
    return open(address, false);
  }

  /** Opens an address in a tab in the background. */
  public Tab openBehind(String address) {
    return open(address, true);
  }

  private Tab open(String address, boolean background) {
    JsonObject target = new JsonObject();
    target.addProperty("url", address);
    target.addProperty("browserContextId", context);
    target.addProperty("background", background);
    return new Tab(browser.send("Target.createTarget", target).get("targetId").getAsString());
  }

  /** One of its tabs. */
  public final class Tab {
    private final String id;

    private Tab(String id) {
      this.id = id;
    }

    /** It is seen instead of the other. */
    public void show() {
      send("Target.activateTarget");
    }

    /** Its page is told that it goes. */
    public void close() {
      send("Target.closeTarget");
    }

    private void send(String what) {
      JsonObject target = new JsonObject();
      target.addProperty("targetId", id);
      browser.send(what, target);
    }
  }
}
