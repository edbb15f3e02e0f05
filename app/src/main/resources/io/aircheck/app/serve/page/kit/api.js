// Requests to the API, and its problems as errors.
import { token, askForToken } from "/page/kit/token.js";

/** A problem detail (RFC 9457) as an error: message is for people. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? `The service answered ${status}.`);
    this.status = status;
    this.pointer = body.pointer;
  }
}

async function request(method, path, { body, headers = {} } = {}) {
  const sent = { ...headers };
  if (token()) sent.Authorization = `Bearer ${token()}`;
  if (body !== undefined) sent["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Problem(0, { detail: "The service cannot be reached." });
  }
  if (response.status === 401) {
    await askForToken();
    return request(method, path, { body, headers });
  }
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({})));
  return response.status === 204 ? null : response.json();
}

export const get = (path) => request("GET", path);
export const post = (path, body, headers) => request("POST", path, { body, headers });
export const patch = (path, body, headers) => request("PATCH", path, { body, headers });
export const remove = (path) => request("DELETE", path);

/** A path with its parts escaped: path`/v1/streams/${id}`. */
export function path(parts, ...values) {
  return parts.reduce((whole, part, i) => whole + encodeURIComponent(values[i - 1]) + part);
}

/** Parameters as a query string; lists are repeated, what is empty is left out. */
export function query(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null && one !== "") search.append(name, one);
  }
  const text = search.toString();
  return text ? "?" + text : "";
}

/** Sends a file, with its progress from 0 to 1. */
export function upload(address, file, progress) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", address);
    if (token()) sending.setRequestHeader("Authorization", `Bearer ${token()}`);
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    sending.onerror = () => reject(new Problem(0, { detail: "The upload was cut off." }));
    sending.onload = () => {
      let body = {};
      try { body = JSON.parse(sending.responseText); } catch { /* no body that says more */ }
      if (sending.status < 300) resolve(body);
      else reject(new Problem(sending.status, body));
    };
    sending.send(file);
  });
}
