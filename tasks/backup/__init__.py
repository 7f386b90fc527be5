"""All of Orderflow's data as one file, and back again, into either database."""
