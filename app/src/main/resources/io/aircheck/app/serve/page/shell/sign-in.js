// Asks for the token where the service wants one.
import { html } from "/page/kit/lit.js";
import { openDialog } from "/page/kit/dialog.js";
import { problem } from "/page/kit/notice.js";

/** Characters that cannot stand in a cookie, without which neither pictures nor events come. */
const UNFIT = /[\s";,\\]|[^\x21-\x7e]/;

/** @param refused whether there was a token that the service did not take */
export async function askViewer(refused) {
  let error = refused ? "The service does not know this token." : "";
  for (;;) {
    const value = await openDialog("Token", ({ close }) => html`
      <form @submit=${(event) => { event.preventDefault(); close(event.target.elements.token.value.trim()); }}>
        <h2>This service asks for a token</h2>
        <p class="dim">Ask the one who runs it: tokens are declared in its configuration file under <code>tokens</code>. It is kept until this tab is closed.</p>
        ${problem(error)}
        <label class="field">Token <input name="token" type="password" autocomplete="current-password" required autofocus></label>
        <div class="ends"><button class="button first">Go on</button></div>
      </form>`).closed;
    if (value && !UNFIT.test(value)) return value;
    error = value ? "A token has neither blanks nor quotes, commas or semicolons." : "Nothing can be shown without a token.";
  }
}
