# Runs RStan 2.21.7, JAGS 4.3.1 with rjags 4-13, and writes their draws as the guide says, with posterior 1.4.0, coda
# 0.19-4 and R 4.2.2 (the packages of Debian 12, the only ones of these that were at hand): Rscript run.R
suppressMessages({library(rstan); library(rjags); library(posterior)})
rstan_options(boost_lib = "/usr/include")
y <- c(0.3, 1.2, -0.5, 0.8, 0.1)
m <- stan_model(model_code = "data { vector[5] y; } parameters { real mu; real<lower=0> tau; }
  model { mu ~ normal(0, 2); tau ~ lognormal(0, 1); y ~ normal(mu, tau); }")
fit <- sampling(m, list(y = y), chains = 2, iter = 60, warmup = 30, seed = 1, refresh = 0, sample_file = "rstan.csv")
write.csv(as_draws_df(fit), "posterior.csv", row.names = FALSE)

cat("model { mu ~ dnorm(0, 0.25)\n tau ~ dlnorm(0, 1)\n for (i in 1:5) { y[i] ~ dnorm(mu, 1 / tau^2) } }", file = "model.jags")
inits <- lapply(1:2, function(c) list(.RNG.name = "base::Wichmann-Hill", .RNG.seed = c))
j <- jags.model("model.jags", list(y = y), inits = inits, n.chains = 2, quiet = TRUE)
draws <- coda.samples(j, c("mu", "tau"), 30, progress.bar = "none")
write.csv(as.matrix(draws, chains = TRUE), "coda.csv", row.names = FALSE)
unlink("model.jags")
