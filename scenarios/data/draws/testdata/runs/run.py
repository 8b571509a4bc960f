"""Runs emcee 3.1.4 with numpy 1.24.2 (the packages of Debian 12), and writes its draws as the guide says: python3 run.py

posteriordb has its reference draws in a file .json.zip, a list of chains, each an object with the draws of every
parameter (its doc/DATABASE_CONTENT.md). None was at hand: posteriordb.json.zip has that form, with the draws of
posterior.csv.
"""
import csv
import json
from zipfile import ZIP_DEFLATED, ZipFile

import emcee
import numpy as np

np.random.seed(1)
sampler = emcee.EnsembleSampler(8, 2, lambda p: -(p[0] ** 2) / 8 - (p[1] - 0.3 * p[0] ** 2) ** 2 / 2)
sampler.run_mcmc(np.random.randn(8, 2), 40)
np.save("emcee.npy", sampler.get_chain())
np.savez("emcee.npz", x=sampler.get_chain().swapaxes(0, 1), log_prob=sampler.get_log_prob().T)

rows = list(csv.DictReader(open("posterior.csv")))
chains = [{k: [float(r[k]) for r in rows if r[".chain"] == c] for k in ("mu", "tau")} for c in ("1", "2")]
with ZipFile("posteriordb.json.zip", "w", ZIP_DEFLATED) as z:
    z.writestr("posteriordb.json", json.dumps(chains))

# The guide's line for it.
d = json.loads(ZipFile("posteriordb.json.zip").read("posteriordb.json"))
np.savez("posteriordb.npz", **{k: [c[k] for c in d] for k in d[0]})
