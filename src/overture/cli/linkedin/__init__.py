"""``overture linkedin``: accounts, signing in, tasks by hand, the simulated LinkedIn, a demonstration."""

import typer

from overture.cli.linkedin import accounts, demo, signin, simulate, suppress, tasks

linkedin = typer.Typer(help="LinkedIn accounts and what they do.", no_args_is_help=True)
linkedin.command("login")(signin.login)
linkedin.command("verify")(signin.verify)
linkedin.command("connect")(signin.connect)
linkedin.command("suppress")(suppress.suppress)
linkedin.command("demo")(demo.demo)
linkedin.add_typer(accounts.accounts, name="accounts")
linkedin.add_typer(tasks.tasks, name="tasks")
linkedin.add_typer(simulate.simulate, name="simulate")
