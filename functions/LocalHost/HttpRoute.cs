using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;

namespace ServiceOffices.LocalHost;

/// <summary>An HTTP function's route and methods, matched as the real host does.</summary>
internal sealed class HttpRoute
{
    private readonly TemplateMatcher _matcher;
    private readonly List<(string Name, IRouteConstraint Constraint)> _constraints = [];
    private readonly IReadOnlyList<string> _methods;

    public HttpRoute(FunctionMethod function, string routePrefix, IInlineConstraintResolver constraints)
    {
        Function = function;
        _methods = function.Http!.Methods;
        var template = TemplateParser.Parse($"{routePrefix}/{function.Http.Route ?? function.Name}".Trim('/'));
        _matcher = new TemplateMatcher(template, []);
        foreach (var parameter in template.Parameters)
        {
            foreach (var inline in parameter.InlineConstraints)
            {
                var constraint = constraints.ResolveConstraint(inline.Constraint)
                    ?? throw new InvalidOperationException($"The route of function '{function.Name}' has an unknown constraint '{inline.Constraint}'.");
                _constraints.Add((parameter.Name!, parameter.IsOptional ? new OptionalRouteConstraint(constraint) : constraint));
            }
        }
    }

    public FunctionMethod Function { get; }

    public bool Matches(HttpRequest request)
    {
        var values = new RouteValueDictionary();
        if (!_matcher.TryMatch(request.Path, values)) return false;
        if (!_methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase)) return false;
        foreach (var (name, constraint) in _constraints)
        {
            if (!constraint.Match(request.HttpContext, null, name, values, RouteDirection.IncomingRequest)) return false;
        }

        request.RouteValues = values;
        return true;
    }
}
