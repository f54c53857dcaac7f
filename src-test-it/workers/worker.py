"""A worker in Python, with the standard library only. See worker.sh for the environment."""
import base64, json, os, subprocess, time
from http.client import HTTPException
from urllib.request import Request, urlopen

URL = os.environ["MEOWMX_URL"]
HEADERS = {"Content-Type": "application/json",
           "Authorization": "Basic " + base64.b64encode(os.environ["MEOWMX_USER"].encode()).decode()}


def handle(event):
    subprocess.run([os.environ["HANDLER"]], input=json.dumps(event), text=True, check=True)


def post(path, body):
    with urlopen(Request(URL + path, json.dumps(body).encode(), HEADERS), timeout=60) as answer:
        return json.load(answer) if answer.status == 200 else None


def work():
    page = post("/leases", {"max": 10, "wait": "PT20S"})
    for event in page["events"] if page else []:
        try:
            handle(event)
        except Exception as failure:
            return post(f"/leases/{page['lease']}/fail", {"position": event["position"], "message": repr(failure)})
    return page and post(f"/leases/{page['lease']}/ack", {})


while True:
    try:
        work()
    except (OSError, HTTPException):  # the server is away, or the lease has ended
        time.sleep(1)
