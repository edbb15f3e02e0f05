// Starts the page: the frame, the data that every view shares, and the view of this address.
import { startShell } from "/page/shell/frame.js";
import { startRouter } from "/page/shell/router.js";
import { applyTheme } from "/page/shell/theme.js";
import { askViewer } from "/page/shell/sign-in.js";
import { tokenAskedBy } from "/page/kit/token.js";
import { data } from "/page/kit/data.js";
import { live } from "/page/kit/live.js";

applyTheme();
tokenAskedBy(askViewer);
startShell();
// Events can only be had with a token where one is needed: the first answer settles that.
data.start();
const off = data.on("change", () => {
  off();
  live.start();
});
startRouter(document.getElementById("main"));
