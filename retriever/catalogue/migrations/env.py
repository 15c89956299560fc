"""Run by Alembic: applies the steps over the connection, and within the transaction, that the catalogue hands over."""

from alembic import context

from retriever.catalogue.schema import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
