using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class RegisterTrigger(RegisterEndpoint endpoint)
{
    [Function("Register")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "options", "post", "put", "patch", "delete", Route = "register/{*path}")] HttpRequest request) =>
        endpoint.HandleByKeyAsync(request.HttpContext);

    // The host knows nothing of tokens: the endpoint asks for one before anything else.
    [Function("RegisterByToken")]
    public Task RunByTokenAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "entra/register/{*path}")] HttpRequest request) =>
        endpoint.HandleByTokenAsync(request.HttpContext);
}
