// The page carries its script and its data compressed. Unpacked, the script is one like any other:
// the policy of the page allows it by the hash of this very text. It runs while the rest of the
// page, the texts, is still being read.

globalThis.unpacked = (id) => {
  const letters = atob(document.getElementById(id).textContent), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new DecompressionStream('deflate-raw'), into = stream.writable.getWriter();
  into.write(bytes);
  into.close();
  return new Response(stream.readable).text();
};
globalThis.unpacked('script').then((text) => {
  const script = document.createElement('script');
  script.type = 'module';
  script.textContent = text;
  document.body.append(script);
});
