// The peer of the webhook's route: express with a handler that does nothing but answer.
import express from "express";

const app = express();
app.post("/", (request, response) => {
  request.resume();
  request.on("end", () => response.status(202).json({}));
});
const server = app.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
