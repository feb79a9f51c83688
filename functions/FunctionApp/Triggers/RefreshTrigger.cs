using ServiceOffices.Seed;
using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class RefreshTrigger(RegisterRefresh refresh, RefreshEndpoint endpoint)
{
    // Each minute. A literal: the real host refuses to load a function whose %setting% is missing.
    [Function("Refresh")]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        refresh.RunAsync(cancellationToken);

    [Function("RefreshNow")]
    public Task RunNowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "options", "post", "put", "patch", "delete", Route = "register/refresh")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
