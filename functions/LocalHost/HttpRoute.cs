using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;

namespace ServiceOffices.LocalHost;

/// <summary>An HTTP function's route and methods, matched as the real host does.</summary>
internal sealed class HttpRoute
{
    private readonly TemplateMatcher matcher;
    private readonly List<(string Name, IRouteConstraint Constraint)> constraints = [];
    private readonly IReadOnlyList<string> methods;

    public HttpRoute(FunctionMethod function, string routePrefix, IInlineConstraintResolver resolver)
    {
        Function = function;
        methods = function.Http!.Methods;
        var template = TemplateParser.Parse($"{routePrefix}/{function.Http.Route ?? function.Name}".Trim('/'));
        Template = template.TemplateText!;
        matcher = new TemplateMatcher(template, []);
        foreach (var parameter in template.Parameters)
        {
            foreach (var inline in parameter.InlineConstraints)
            {
                var constraint = resolver.ResolveConstraint(inline.Constraint)
                    ?? throw new InvalidOperationException($"The route of function '{function.Name}' has an unknown constraint '{inline.Constraint}'.");
                constraints.Add((parameter.Name!, parameter.IsOptional ? new OptionalRouteConstraint(constraint) : constraint));
            }
        }
    }

    public FunctionMethod Function { get; }

    /// <summary>The route with its prefix, such as <c>odata/v1/{*path}</c>.</summary>
    public string Template { get; }

    public bool Matches(HttpRequest request)
    {
        var values = new RouteValueDictionary();
        if (!matcher.TryMatch(request.Path, values))
        {
            return false;
        }

        if (!methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var (name, constraint) in constraints)
        {
            if (!constraint.Match(request.HttpContext, null, name, values, RouteDirection.IncomingRequest))
            {
                return false;
            }
        }

        request.RouteValues = values;
        return true;
    }
}
