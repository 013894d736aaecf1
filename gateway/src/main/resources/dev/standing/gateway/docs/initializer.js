// A script of its own: the page's Content-Security-Policy lets none stand in the page. The validator, which Swagger UI
// would ask over the Internet, is left out.
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  validatorUrl: null
});
