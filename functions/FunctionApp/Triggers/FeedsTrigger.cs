using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class FeedsTrigger(FeedsEndpoint endpoint)
{
    [Function("Feeds")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "feeds/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
