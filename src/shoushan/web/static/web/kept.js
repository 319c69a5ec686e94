// What this browser keeps until the server has taken it: written through to the disk, files and all.

let opened;

const database = () => new Promise((done, fail) => {
  const asked = indexedDB.open("shoushan", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("queue", { keyPath: "key" });
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});

async function store(mode, act) {
  const transaction = (await (opened ??= database())).transaction("queue", mode, { durability: "strict" });
  const asked = act(transaction.objectStore("queue"));
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(asked.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}

export const keep = (entry) => store("readwrite", (all) => all.put(entry));
export const forget = (key) => store("readwrite", (all) => all.delete(key));
export const kept = async () => (await store("readonly", (all) => all.getAll())).sort((one, other) => one.at - other.at);
