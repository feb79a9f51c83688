using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class HealthTrigger(HealthEndpoint endpoint)
{
    [Function("Health")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "health/{probe}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
