// A slip's picture leads here with its code behind the #, which no server and no log ever sees.
const code = decodeURIComponent(location.hash.slice(1));
const field = document.getElementById("id_code");
if (code && field) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
