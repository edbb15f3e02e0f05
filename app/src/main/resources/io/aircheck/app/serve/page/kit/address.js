// The address of the page, and going to another one. Who shows what is there says so once.
let arrive = () => {};

/** Sets what shows the view of an address. */
export function addressShownBy(show) { arrive = show; }

/** Goes to an address of the page. */
export function navigate(address) {
  history.pushState(null, "", address);
  arrive();
}

/** Changes the address without a step back to it. */
export function rewrite(address) {
  history.replaceState(null, "", address);
}
