// Where a single viewer is shown. The id may be anything, so it is no part of the path.
import { query } from "/page/kit/api.js";

export const sessionAddress = (id) => "/viewers/session" + query({ id });
