// The page carries its script compressed. Unpacked, it is a script like any other: the policy of
// the page allows it by the hash of this very text.

const packed = Uint8Array.from(atob(document.getElementById('packed').textContent), (c) => c.charCodeAt(0));
const text = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
const script = document.createElement('script');
script.type = 'module';
script.textContent = text;
document.body.append(script);
