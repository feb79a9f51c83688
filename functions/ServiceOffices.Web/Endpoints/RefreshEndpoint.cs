using Microsoft.AspNetCore.Http;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>POST /register/refresh</c>: publishes the current register at once instead of at the next timer.</summary>
public sealed class RefreshEndpoint(RequestPipeline pipeline, RegisterRefresh refresh)
{
    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.Post, async (request, cancellation) =>
        KeyInUrl.Refuse(request) is { } problem ? problem.ToReply() : await CreateReplyAsync(request, cancellation));

    internal async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var outcome = await refresh.RunAsync(cancellationToken);
        return outcome.Result switch
        {
            RefreshResult.Published => CreateJsonReply(outcome, changed: true),
            RefreshResult.NothingNew => CreateJsonReply(outcome, changed: false),
            RefreshResult.RegisterLost => new HttpProblem(
                StatusCodes.Status409Conflict,
                "The register is empty although offices are published. Nothing is published until the register contains offices. Load it again, or remove offices one by one.").ToReply(),
            _ => new HttpProblem(StatusCodes.Status409Conflict, "Another refresh is in progress. Try again in a few seconds.").ToReply(),
        };
    }

    private static Reply CreateJsonReply(RefreshOutcome outcome, bool changed) => Reply.CreateJson(json =>
    {
        if (outcome.Revision is { } revision)
        {
            json.WriteNumber("revision", revision);
        }

        json.WriteBoolean("changed", changed);
        json.WriteNumber("changes", outcome.Changes);
        json.WriteNumber("rejected", outcome.Rejected);
    });
}
