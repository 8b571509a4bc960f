"""Makes most files of this folder with numpy 1.24.2 and pandas 1.5.3: python3 make.py

All hold the draws of base.csv: two chains of 20. CmdStan, GetDist and Cobaya were not run: their
files have the layout of the CmdStan User's Guide ("Stan CSV File Format"), of GetDist's and of
Cobaya's documentation.
"""
import json

import numpy as np
import pandas as pd

r = np.random.default_rng(7)
n = 40
base = pd.DataFrame({"mu": r.normal(size=n), "tau": np.exp(r.normal(size=n))})
base["lp"] = -0.5 * (base.mu**2 + base.tau**2)
base["divergent"] = (base.mu < -1).astype(int)
base["weight"] = r.integers(0, 4, n)
base["chain"] = np.repeat([1, 2], n // 2)
base["draw"] = np.tile(np.arange(n // 2), 2)
base.to_csv("base.csv", index=False)
pair = base[["mu", "tau"]]

pair.to_csv("pandas.csv")
pair.to_csv("german.csv", sep=";", decimal=",", index=False)
pd.DataFrame(pair.to_numpy()).to_csv("numbered.csv")
base[["mu", "tau", "lp"]].to_csv("named.tsv", sep="\t", index=False)
base[["draw", "chain", "mu", "tau"]].sort_values(["draw", "chain"]).to_csv("long.csv", index=False)
weighted = base[["weight", "mu", "tau"]].astype(float)
weighted.loc[weighted.weight == 0, ["mu", "tau"]] = np.nan
weighted.to_csv("weighted.csv", index=False, na_rep="nan")
base[["mu", "tau", "divergent"]].to_json("lines.jsonl", orient="records", lines=True, double_precision=15)
with open("python.jsonl", "w") as f:
    for row in weighted.itertuples():
        f.write(json.dumps({"weight": row.weight, "mu": row.mu, "tau": row.tau}) + "\n")

for c in (1, 2):
    own = base[base.chain == c]
    np.savetxt(f"getdist_{c}.txt", np.c_[own.weight, -own.lp, own.mu, own.tau], fmt="%.17g")
    np.savetxt(f"cobaya.{c}.txt", np.c_[own.weight, -own.lp, own.mu, own.tau, 2 * own.tau], fmt="%.17g",
               header="weight minuslogpost mu tau chi2")
    warm = r.normal(size=(7, 2))
    with open(f"stan_{c}.csv", "w") as f:
        f.write("# stan_version_major = 2\n# stan_version_minor = 36\n# model = m_model\n# method = sample (Default)\n#   sample\n"
                "#     num_samples = 40\n#     num_warmup = 13\n#     save_warmup = true\n#     thin = 2\n"
                f"# id = {c}\nlp__,accept_stat__,divergent__,energy__,mu,tau\n")
        for x, y in warm:
            f.write(f"0,0.9,0,1,{x!r},{y!r}\n")
        f.write("# Adaptation terminated\n# Step size = 0.8\n# Diagonal elements of inverse mass matrix:\n# 0.96, 1.1\n")
        for row in own.itertuples():
            f.write(f"{row.lp!r},0.9,{row.divergent},1,{row.mu!r},{row.tau!r}\n")
        f.write("# \n#  Elapsed Time: 0.01 seconds (Warm-up)\n#                0.02 seconds (Sampling)\n# \n")
open("getdist.paramnames", "w").write("mu\t\\mu\ntau*\t\\tau\n")

mu, tau = (base[k].to_numpy().reshape(2, n // 2) for k in ("mu", "tau"))
both = np.stack([mu, tau], axis=-1)
np.savez("posterior.npz", mu=mu, tau=tau, theta=np.arange(2 * (n // 2) * 6.0).reshape(2, n // 2, 3, 2),
         diverging=mu < -1, lp=base.lp.to_numpy().reshape(2, n // 2), seed=np.array([1, 2, 3]))
np.savez_compressed("flat.npz", both=np.c_[base.mu, base.tau], weights=base.weight.to_numpy())
np.save("emcee.npy", np.swapaxes(both, 0, 1))
np.save("chains.npy", both)
np.save("fortran.npy", np.asfortranarray(both))
np.save("transposed.npy", np.c_[base.mu, base.tau].T)
