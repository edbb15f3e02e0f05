// The token of this session. It goes with every request of a script as a header; pictures, clips and
// events cannot carry one, for them there is a cookie that never leaves for another site.
const KEY = "aircheck-token";
let asking = null;
let ask = () => Promise.reject(new Error("nobody asks for the token"));

export const token = () => sessionStorage.getItem(KEY) ?? "";

export function keepToken(value) {
  sessionStorage.setItem(KEY, value);
  writeCookie(value);
}

function writeCookie(value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${KEY}=${value}; Path=/; SameSite=Strict${secure}${value ? "" : "; Max-Age=0"}`;
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
  writeCookie("");
}

/** Sets who asks the viewer: a function that returns a promise of the token. */
export function tokenAskedBy(asker) { ask = asker; }

/** Asks once, however many requests were refused at the same time. */
export function askForToken() {
  asking ??= ask(token() !== "").then(keepToken).finally(() => { asking = null; });
  return asking;
}

if (token()) writeCookie(token());
