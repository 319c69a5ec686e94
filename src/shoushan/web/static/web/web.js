// Every page works without this; each module below makes one thing quicker.
import "./forms.js";
import "./keys.js";
import "./autosave.js";
import "./words.js";
import "./sum.js";
import "./queue.js";
import "./field.js";
