"""How a testimony, a passage or an edition is cited: every form is a function of one public record."""
