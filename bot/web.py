"""Health and metrics for whoever watches the bot."""

from __future__ import annotations

from aiohttp import web

from bot.store import Store, StoreError, tallies


def routes(store: Store) -> list[web.RouteDef]:
    """GET /health (200 or 503) and GET /metrics (Prometheus text)."""

    async def health(_: web.Request) -> web.Response:
        try:
            await store.probe()
        except StoreError:
            return web.json_response({"status": "the database can't be written"}, status=503)
        return web.json_response({"status": "ok"})

    async def metrics(_: web.Request) -> web.Response:
        counts = await store.read(tallies.counts)
        lines = ["# TYPE guichet_sendings gauge"]
        lines += [f'guichet_sendings{{state="{state}"}} {count}' for state, count in sorted(counts.items())]
        return web.Response(text="\n".join(lines) + "\n")

    return [web.get("/health", health), web.get("/metrics", metrics)]
