# Makes draws.csv and reference.csv, from this folder:
#
#     Rscript reference.R
#
# with R 4.2.2 and the package posterior 1.4.0 (Debian bookworm: apt-get install r-cran-posterior).
suppressMessages(library(posterior))
set.seed(20211)
chains <- 4
draws <- 61 # odd: the middle draw is in neither half
ar <- function(rho, n) as.numeric(arima.sim(list(ar = rho), n))
columns <- list(
  slow = sapply(1:chains, function(i) ar(0.9, draws)),
  apart = sapply(1:chains, function(i) ar(0.5, draws) + (i == 2)),
  wide = sapply(1:chains, function(i) ar(0.3, draws) * ifelse(i == 3, 4, 1)),
  alternating = sapply(1:chains, function(i) ar(-0.7, draws)),
  heavy = sapply(1:chains, function(i) rcauchy(draws)),
  ties = sapply(1:chains, function(i) rpois(draws, 2)),
  walk = sapply(1:chains, function(i) cumsum(rnorm(draws)))
)
columns <- lapply(columns, signif, 6)
table <- data.frame(chain = rep(1:chains, each = draws), lapply(columns, as.numeric))
write.csv(table, "draws.csv", row.names = FALSE, quote = FALSE)

statistics <- list(
  rhat = rhat, rhat_basic = rhat_basic, ess_bulk = ess_bulk, ess_tail = ess_tail, ess_mean = ess_mean,
  ess_q25 = function(x) ess_quantile(x, 0.25, names = FALSE),
  ess_median = function(x) ess_quantile(x, 0.5, names = FALSE),
  ess_greatest = function(x) ess_quantile(x, 1, names = FALSE),
  ess_positive = function(x) ess_mean(1 * (x > 0)),
  mcse_mean = mcse_mean, mcse_sd = mcse_sd,
  mcse_q05 = function(x) mcse_quantile(x, 0.05, names = FALSE),
  mcse_median = function(x) mcse_quantile(x, 0.5, names = FALSE),
  mcse_q95 = function(x) mcse_quantile(x, 0.95, names = FALSE),
  mean = mean, sd = sd,
  q05 = function(x) quantile(x, 0.05, names = FALSE),
  q37 = function(x) quantile(x, 0.37, names = FALSE)
)
rows <- list()
for (column in names(columns)) for (from in c("all", "first", "twelve")) {
  x <- columns[[column]]
  if (from == "first") x <- x[, 1, drop = FALSE]
  if (from == "twelve") x <- x[1:12, ] # the fewest draws with a pair of lags
  for (statistic in names(statistics)) {
    value <- suppressWarnings(statistics[[statistic]](x))
    rows[[length(rows) + 1]] <- data.frame(column, from, statistic, value = format(value, digits = 15))
  }
}
write.csv(do.call(rbind, rows), "reference.csv", row.names = FALSE, quote = FALSE)
# Autocorrelations of each chain at lags 0 to 5.
lags <- lapply(1:chains, function(i) as.numeric(acf(columns$slow[, i], lag.max = 5, plot = FALSE)$acf))
write.table(format(do.call(rbind, lags), digits = 15), "lags.csv", sep = ",", row.names = FALSE, col.names = FALSE, quote = FALSE)
