// A viewer in front of a real player. What he lives through is measured by whether the place in the
// programme moves; the events of the element are only kept to look at when something is wrong.
'use strict';

const video = document.getElementById('v');
const wishes = new URLSearchParams(location.search);
const service = new URL(document.querySelector('script').src).origin;
const content = wishes.get('content');
const prompt = wishes.has('prompt');
const truth = {startup: 0, played: 0, paused: 0, standing: 0, wished: 0, begun: 0, stalls: [], until: 0};
const seen = [];
const shown = [];
let session = '';
let player = null;

const until = (millis) => new Promise((done) => setTimeout(done, millis));
const clock = () => Math.round(performance.timeOrigin + performance.now());
const note = (what) => seen.push([clock(), Math.round(video.currentTime * 1000), what].join(' '));

/** What the player tells by itself, as docs/viewers/collect.md has it. */
const target = (name) => ({
  url: service + '/v1/viewers/reports?player=' + name,
  events: ['ps', 'bc', 'e', 't', 'rr', 'pr'],
  interval: 2,
  batchSize: 1,
});
const own = {version: 2, sessionId: 'own-' + content, contentId: content};

const players = {
  'hls.js': {
    make() {
      const hls = new Hls({cmcd: {...own, eventTargets: [target('hls.js')]}});
      hls.attachMedia(video);
      return hls;
    },
    load(address) {
      player.on('hlsError', (event, data) => note('error ' + data.details + ' ' + data.fatal));
      player.loadSource(address);
    },
  },
  'dash.js': {
    make: () => dashjs.MediaPlayer().create(),
    load(address) {
      const enabledKeys = ('ab br tb bl d ot mtp bs ltc cid pr sf sid st v msd sta ts e sn ec pt rc ttfb ttlb url').split(' ');
      player.updateSettings({
        streaming: {
          utcSynchronization: {enabled: false},
          cmcd: {
            enabled: true,
            version: 2,
            sid: own.sessionId,
            cid: content,
            eventTargets: [{...target('dash.js'), enabled: true, enabledKeys}],
          },
        },
      });
      player.on('error', (e) => note('error ' + (e.error || {}).code));
      player.initialize(video, address, prompt);
    },
  },
  shaka: {
    make: () => new shaka.Player(),
    async load(address) {
      const targets = [{...target('Shaka'), mode: 'event', enabled: true, includeKeys: []}];
      player.configure({cmcd: {...own, enabled: true, eventTargets: targets}});
      player.addEventListener('error', (e) => note('error ' + (e.detail.stack || e.detail)));
      await player.attach(video);
      await player.load(address).catch((problem) => note('load failed ' + problem.code));
    },
  },
  'video.js': {
    make: () => videojs(video, {autoplay: prompt, preload: 'auto', errorDisplay: false}),
    load(address) {
      videojs.log.level('off'); // that it fails is what some are there for
      player.on('error', () => note('error ' + player.error().code));
      player.src({src: address, type: 'application/vnd.apple.mpegurl'});
    },
  },
  /** No player at all. */
  video: {
    make() {
      if (prompt) {
        delete Request.prototype.keepalive; // a browser of before that was known
      }
      video.preload = 'auto';
      return video;
    },
    load: (address) => video.src = address,
  },
};

function script(name) {
  return new Promise((loaded, failed) => {
    const element = document.createElement('script');
    element.src = '/' + name;
    element.onload = loaded;
    element.onerror = failed;
    document.head.append(element);
  });
}

let wanted = false;
let since = 0;
let place = 0;
let begun = false;
let wasPaused = false;
let jumped = false;

function sample() {
  const now = performance.now();
  truth.until = clock();
  wasPaused = wasPaused || video.paused;
  truth.standing = begun ? now - since : 0;
  const moved = (video.currentTime - place) * 1000;
  if (video.seeking || video.readyState < 2 || moved < 0) {
    jumped = jumped || begun;
    place = video.currentTime;
    return;
  }
  if (!wanted || moved === 0) {
    return;
  }
  place = video.currentTime;
  const gap = now - since;
  if (!begun) {
    truth.startup = gap;
    truth.begun = clock();
    begun = true;
  } else if (wasPaused) {
    truth.paused += gap;
  } else if (gap > 150 && (jumped || moved < gap / 2)) {
    const to = clock();
    truth.stalls.push({from: to - gap, to: to - (jumped ? 0 : moved)});
    note('moves again after ' + Math.round(gap));
  } else {
    truth.played += gap;
  }
  since = now;
  wasPaused = jumped = false;
}

/** From now on the viewer waits for it to be played. */
function wish() {
  wanted = true;
  truth.wished = clock();
  since = performance.now();
  place = video.currentTime;
  note('user play');
}

/** He presses the button, at first or after a pause. */
function play() {
  if (!wanted) {
    wish();
  }
  video.play().catch((problem) => note(problem.name));
}

async function load() {
  const name = wishes.get('player');
  if (name !== 'video') {
    await script(name.replace('.js', '') + '.js');
  }
  video.autoplay = prompt;
  player = players[name].make();
  aircheck.watch(player, {
    content,
    interval: 2,
    debug(body) {
      shown.push(body);
      session = body.replace(/^[^]*?sid="([^"]*)"[^]*$/, '$1');
    },
  });
  if (prompt) {
    wish();
  }
  await players[name].load(location.origin + wishes.get('address'));
}

[
  'play', 'playing', 'waiting', 'pause', 'seeking', 'seeked', 'error', 'ended', 'ratechange', 'loadeddata',
].forEach((event) => video.addEventListener(event, () => note('element ' + event)));
setInterval(sample, 10);
if (wishes.has('telling')) {
  video.muted = false; // what is silent may be paused where nobody sees it
  const tell = () => navigator.sendBeacon('/truth/' + content, JSON.stringify({session, ...truth}));
  setInterval(tell, 100);
  addEventListener('pagehide', tell);
}
const loaded = load();
